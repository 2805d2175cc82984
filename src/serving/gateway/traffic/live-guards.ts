import { guardSettingsOf } from '../../../rollout/guards/guard-settings-of.ts'
import type { RolloutStep } from '../../../rollout/guards/rollout-counts.ts'
import { rolloutStep } from '../../../rollout/guards/rollout-step.ts'
import {
  addTallies,
  countObservation,
  emptyTally,
  type Tally,
  type TallyArm,
} from '../../../rollout/live/count-observation.ts'
import { rolloutCountsOf } from '../../../rollout/live/rollout-counts-of.ts'
import { emptyWatch, type SeatWatch, watchAlarms, watchLimitsOf } from '../../../rollout/live/seat-watch.ts'
import type { Rollout } from '../../../rollout/rollout.ts'
import type { FullRollout, RunningRollout, TierRoute } from '../../../workflows/rollout/tier-route.ts'
import type { Recorded } from './recorded.ts'
import { type StoredCounts, watchAfterAll } from './store-recorded.ts'

/** Follows rollouts request by request: the counts of all processes at the last store, and its own since. */
export interface LiveGuards {
  see(recorded: Recorded): void
  /** Takes over what is stored, and adds again what is not. */
  stored: (counts: StoredCounts, unstored: readonly Recorded[]) => void
  /** Log of each guard's e-process at the last request, by rollout. */
  readings(): ReadonlyMap<string, RolloutStep['logE']>
}

/** What a look at the counts calls for; the workflow looks again, at the stored counts, and decides. */
export type Call = 'alarm' | 'promotion' | 'baseline'

/** After so long the same is called for again. */
export const restMs: Readonly<Record<Call, number>> = { alarm: 1_000, promotion: 10_000, baseline: 5_000 }

interface Counting {
  countsEpoch: number
  arms: Record<TallyArm, Tally>
}

interface Watching {
  countsEpoch: number
  watch: SeatWatch
}

/** @param call asked again at every request for which it still holds */
export function createLiveGuards(
  now: () => Date,
  call: (rollout: Pick<Rollout, 'id' | 'countsEpoch'>, why: Call) => void,
): LiveGuards {
  const countings = new Map<string, Counting>()
  const watchings = new Map<string, Watching>()
  const readings = new Map<string, RolloutStep['logE']>()

  function count({ observation }: Recorded): void {
    const counted = countObservation(observation)
    const { rolloutId, countsEpoch } = observation
    if (counted === undefined || rolloutId === undefined || countsEpoch === undefined) return
    const counting = countingOf(rolloutId, countsEpoch)
    if (counting !== undefined) counting.arms[counted.arm] = addTallies(counting.arms[counted.arm], counted.tally)
  }

  /** Undefined for counts that have been overtaken. */
  function countingOf(rolloutId: string, countsEpoch: number): Counting | undefined {
    const known = countings.get(rolloutId)
    if (known !== undefined && known.countsEpoch >= countsEpoch) {
      return known.countsEpoch === countsEpoch ? known : undefined
    }
    const counting: Counting = { countsEpoch, arms: { incumbent: emptyTally, challenger: emptyTally } }
    countings.set(rolloutId, counting)
    return counting
  }

  function watchOn(recorded: Recorded): void {
    const full = recorded.route?.full
    if (full === undefined) return
    const known = watchings.get(full.id)
    if (known !== undefined && known.countsEpoch > full.countsEpoch) return
    const before = known?.countsEpoch === full.countsEpoch ? known.watch : emptyWatch()
    const watch = watchAfterAll(before, full, [recorded])
    watchings.set(full.id, { countsEpoch: full.countsEpoch, watch })
  }

  function look({ rollout, full, goldenDisagree }: TierRoute): void {
    if (rollout !== undefined) lookAtRunning(rollout, goldenDisagree)
    if (full !== undefined && isAlarming(full)) call(full, 'alarm')
  }

  function lookAtRunning(rollout: RunningRollout, goldenDisagree: TierRoute['goldenDisagree']): void {
    const counting = countings.get(rollout.id)
    if (counting === undefined || counting.countsEpoch !== rollout.countsEpoch) return
    const { state, settings } = rollout
    const counts = rolloutCountsOf(rollout, state, counting.arms, now(), goldenDisagree)
    const step = rolloutStep(counts, guardSettingsOf(settings))
    readings.set(rollout.id, step.logE)
    if (step.decision === 'rollback' || step.decision === 'incident') call(rollout, 'alarm')
    else if (rollout.baseline === undefined) {
      if (counting.arms.incumbent.n >= settings.guards.leastBaseline) call(rollout, 'baseline')
    } else if (step.decision === 'promote' && !isWaiting(rollout)) call(rollout, 'promotion')
  }

  function isAlarming({ id, state, baseline, settings, countsEpoch }: FullRollout): boolean {
    const watching = watchings.get(id)
    const limits = watchLimitsOf(state, baseline, settings.guards.toleratedSlow)
    if (watching?.countsEpoch !== countsEpoch || limits === undefined) return false
    if (state.alarmedAt !== undefined || state.incident !== undefined) return false
    return watchAlarms(watching.watch, limits).length > 0
  }

  return {
    see(recorded) {
      count(recorded)
      watchOn(recorded)
      if (recorded.route !== undefined) look(recorded.route)
    },
    stored({ tallies, watches }, unstored) {
      for (const { rolloutId, countsEpoch, arms } of tallies) {
        const counting = countingOf(rolloutId, countsEpoch)
        if (counting !== undefined) counting.arms = { ...arms }
      }
      for (const { rolloutId, ...watching } of watches) watchings.set(rolloutId, watching)
      const recounted = new Set<string | undefined>(tallies.map(({ rolloutId }) => rolloutId))
      const rewatched = new Set<string | undefined>(watches.map(({ rolloutId }) => rolloutId))
      for (const recorded of unstored) {
        if (recounted.has(recorded.observation.rolloutId)) count(recorded)
        if (rewatched.has(recorded.route?.full?.id)) watchOn(recorded)
      }
    },
    readings: () => readings,
  }
}

/** Proven, and nothing that its requests show takes it further. */
function isWaiting({ kind, state }: RunningRollout): boolean {
  return kind === 'ab' || (state.stage === 'shadow' && state.waitsFor !== 'evidence')
}
