import type { Kysely } from 'kysely'
import type { Config } from '../../config/config.ts'
import { listModels } from '../../database/model-queries.ts'
import { recentRequests } from '../../database/observation-queries.ts'
import { requestsOfOthers } from '../../database/requests-of-others.ts'
import type { Tables } from '../../database/tables.ts'
import { loadTallies } from '../../database/tally-queries.ts'
import { loadWatch } from '../../database/watch-queries.ts'
import { guardSettingsOf } from '../../rollout/guards/guard-settings-of.ts'
import { rolloutStep } from '../../rollout/guards/rollout-step.ts'
import { rolloutCountsOf } from '../../rollout/live/rollout-counts-of.ts'
import { sampleRatio } from '../../rollout/live/sample-ratio.ts'
import { type SeatWatch, type WatchMetric, watchAlarms, watchLimitsOf } from '../../rollout/live/seat-watch.ts'
import { baselineOf } from '../../rollout/live/slow-limit.ts'
import { isRunning, type Rollout } from '../../rollout/rollout.ts'
import type { RolloutEvent } from '../../rollout/rollout-event.ts'
import { countedOf } from '../../shared/counted.ts'
import { acceptedLatency } from './accepted-latency.ts'
import { goldenDisagreement } from './golden-disagreement.ts'
import { requestsPerDay } from './live-requests.ts'
import type { LockedTier } from './lock-tier.ts'
import { rollbackTarget, type Unreachable } from './rollback-target.ts'

/** What a look at a rollout is made with. */
export interface LookedAt {
  db: Kysely<Tables>
  config: Config
  rollout: Rollout
  locked: LockedTier
  unreachable: Unreachable
  now: Date
}

/** What has happened to a rollout since the last look; undefined where the question does not arise. */
export type Look = (at: LookedAt) => Promise<RolloutEvent | undefined>

/** In this order: who holds the seat, what is known, what it says, and last whether time is over. */
export const looks: readonly Look[] = [seatLook, goneLook, baselineLook, stepLook, holderLook, alarmLook, timeLook]

/** Also whoever writes to the table with SQL changes a seat. */
async function seatLook({ locked: { seat } }: LookedAt): Promise<RolloutEvent> {
  const { model, assignedBy = 'system', reason = 'the seat was removed' } = seat ?? { model: undefined }
  return { kind: 'seat-changed', model, by: assignedBy, reason }
}

/** A challenger that was retired, by its provider or by a person. */
async function goneLook({ db, rollout: { challenger } }: LookedAt): Promise<RolloutEvent | undefined> {
  const model = (await listModels(db)).find(({ name }) => name === challenger)
  return model === undefined || model.isActive
    ? undefined
    : { kind: 'challenger-retired', reason: model.retired?.reason ?? 'retired' }
}

/** As many as a stage decides on at most. */
const newestOfBaseline = 2000

export async function baselineLook({
  db,
  config,
  rollout,
}: Pick<LookedAt, 'db' | 'config' | 'rollout'>): Promise<RolloutEvent | undefined> {
  if (rollout.baseline !== undefined || !isRunning(rollout.state)) return undefined
  const recent = await recentRequests(db, { tier: rollout.tier, model: rollout.incumbent, limit: newestOfBaseline })
  return { kind: 'baseline-known', baseline: baselineOf(recent, await acceptedLatency(db, config, rollout)) }
}

export async function stepLook({
  db,
  rollout,
  now,
}: Pick<LookedAt, 'db' | 'rollout' | 'now'>): Promise<RolloutEvent | undefined> {
  const { id, tier, state, countsEpoch, settings } = rollout
  if (!isRunning(state)) return undefined
  const tallies = await loadTallies(db, id, countsEpoch)
  const golden = state.stage === 'shadow' ? await goldenDisagreement(db, rollout) : undefined
  const counts = rolloutCountsOf(rollout, state, tallies, now, golden)
  const share = state.stage === 'partial' ? state.share : undefined
  return {
    kind: 'step',
    countsEpoch,
    counts,
    step: rolloutStep(counts, guardSettingsOf(settings)),
    sampleRatio:
      share === undefined
        ? { status: 'unknown', share: null, logE: 0 }
        : sampleRatio(tallies.challenger.n, tallies.incumbent.n, share),
    requestsPerDay: await requestsPerDay(db, tier, now),
  }
}

const newestInIncident = 200

async function holderLook({ db, rollout, locked: { seat } }: LookedAt): Promise<RolloutEvent | undefined> {
  const { state, tier } = rollout
  const since = state.stage === 'full' ? state.incident?.since : state.stage === 'incident' ? state.since : undefined
  if (since === undefined || seat?.model === undefined) return undefined
  const { n, errors, slow } = await recentRequests(db, { tier, model: seat.model, since, limit: newestInIncident })
  return { kind: 'holder-seen', n, errors, slow }
}

const hourMs = 60 * 60 * 1000

async function alarmLook({ db, rollout, locked, unreachable, now }: LookedAt): Promise<RolloutEvent | undefined> {
  const found = await alarmsOf(db, rollout)
  if (found === undefined) return undefined
  const { tier, challenger: model } = rollout
  return {
    kind: 'degraded',
    source: 'live',
    finding: found,
    target: await rollbackTarget(db, tier, model, unreachable),
    mayRollBack: locked.seat?.canAutoRollback ?? false,
    others: await requestsOfOthers(db, { tier, model, since: new Date(now.getTime() - hourMs) }),
  }
}

/** What the CUSUMs of a holder alarm about, in words; undefined while they do not. */
export async function alarmsOf(db: Kysely<Tables>, rollout: Rollout): Promise<string | undefined> {
  const { id, state, countsEpoch, baseline, settings } = rollout
  const limits = state.stage === 'full' ? watchLimitsOf(state, baseline, settings.guards.toleratedSlow) : undefined
  if (limits === undefined) return undefined
  const watch = await loadWatch(db, id, countsEpoch)
  const alarms = watchAlarms(watch, limits)
  return alarms.length === 0 ? undefined : alarms.map((metric) => findings[metric](watch)).join(', and ')
}

const findings: Record<WatchMetric, (watch: SeatWatch) => string> = {
  error: ({ error: { events, n } }) =>
    `${countedOf(events, n, 'request')} failed since it took the seat, most of them lately`,
  invalid: ({ invalid: { events, n } }) => `${countedOf(events, n, 'answer')} broke their schema, most of them lately`,
  slow: ({ slow: { events, n } }) => `${countedOf(events, n, 'request')} were slow or failed, most of them lately`,
}

async function timeLook(): Promise<RolloutEvent> {
  return { kind: 'time-passed' }
}
