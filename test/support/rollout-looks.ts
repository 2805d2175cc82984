import { guardSettingsOf } from '../../src/rollout/guards/guard-settings-of.ts'
import { rolloutStep } from '../../src/rollout/guards/rollout-step.ts'
import { emptyTally, type Tally } from '../../src/rollout/live/count-observation.ts'
import { rolloutCountsOf } from '../../src/rollout/live/rollout-counts-of.ts'
import { sampleRatio } from '../../src/rollout/live/sample-ratio.ts'
import { isRunning, type Rollout } from '../../src/rollout/rollout.ts'
import type { StepEvent } from '../../src/rollout/rollout-event.ts'

/** A look at a running stage with what its arms have counted, as the workflow makes it. */
export function lookAt(
  rollout: Rollout,
  tallies: { challenger?: Partial<Tally>; incumbent?: Partial<Tally> },
  now: Date,
  requestsPerDay?: number,
): StepEvent {
  const { state, settings, countsEpoch } = rollout
  if (!isRunning(state)) throw new TypeError(`nothing is counted in ${state.stage}`)
  const arms = {
    challenger: { ...emptyTally, ...tallies.challenger },
    incumbent: { ...emptyTally, ...tallies.incumbent },
  }
  const counts = rolloutCountsOf(rollout, state, arms, now)
  const set = state.stage === 'partial' ? state.share : 0.5
  return {
    kind: 'step',
    countsEpoch,
    counts,
    step: rolloutStep(counts, guardSettingsOf(settings)),
    sampleRatio: sampleRatio(arms.challenger.n, arms.incumbent.n, set),
    requestsPerDay,
  }
}
