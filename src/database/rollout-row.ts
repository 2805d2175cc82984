import type { Selectable } from 'kysely'
import type { TierRollout } from '../config/tier-rollout.ts'
import type { Baseline, Pin, Rollout, RolloutState } from '../rollout/rollout.ts'
import type { JsonObject, JsonValue } from '../shared/json.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

type RolloutRow = Selectable<Tables['rollouts']>

/** The columns that a change may change, with the sentence that people read. */
export function changingColumns(rollout: Rollout, sentence: string) {
  return {
    sentence,
    since: rollout.state.since,
    verdict: rollout.verdict,
    evaluation_id: rollout.evaluationId ?? null,
    recommendation_id: rollout.recommendationId ?? null,
    epoch: rollout.epoch ?? null,
    approved_by: rollout.approvedBy ?? null,
    confirmation: rollout.confirmation ?? null,
    counts_epoch: rollout.countsEpoch,
    state: toJsonText(rollout.state),
    baseline: rollout.baseline === undefined ? null : toJsonText(rollout.baseline),
  }
}

export function toRollout(row: RolloutRow, pin: Pin | undefined): Rollout {
  return {
    id: row.id,
    tier: row.tier,
    kind: row.kind as Rollout['kind'],
    incumbent: row.incumbent,
    challenger: row.challenger,
    evaluationId: row.evaluation_id ?? undefined,
    recommendationId: row.recommendation_id ?? undefined,
    epoch: row.epoch ?? undefined,
    verdict: row.verdict as Rollout['verdict'],
    state: withDates(row.state) as unknown as RolloutState,
    createdAt: row.created_at,
    settings: row.settings as unknown as TierRollout,
    baseline: (row.baseline ?? undefined) as Baseline | undefined,
    countsEpoch: row.counts_epoch,
    approvedBy: (row.approved_by ?? undefined) as Rollout['approvedBy'],
    confirmation: row.confirmation ?? undefined,
    pin,
  }
}

const times = new Set(['since', 'until', 'countsSince', 'alarmedAt', 'splitBrokenSince'])

/** JSON knows no times: those of a state are known by their names. */
function withDates(value: JsonValue): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, inner]) => {
      return [key, times.has(key) && typeof inner === 'string' ? new Date(inner) : withDates(inner)]
    }),
  )
}
