import type { Transaction } from 'kysely'
import { assign } from '../database/assignment-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { DegradedEvent } from '../rollout/rollout-event.ts'
import { nameOf } from '../rollout/shown-words.ts'
import type { DriftWatch } from '../rollout/watch-incumbent.ts'
import { asStored } from '../shared/json.ts'
import { type Grounds, rollbackKind } from './rollout/carry-effects.ts'
import { type LockedTier, lockTier } from './rollout/lock-tier.ts'
import { moveRollout, tellRollouts } from './rollout/move-rollout.ts'
import { rollbackTarget, type Unreachable } from './rollout/rollback-target.ts'

/** Whether a model before came back; if not, why, in words that follow "because". */
export type RolledBack = { status: 'rolled-back'; to: string } | { status: 'not-moved'; reason: string }

/**
 * Gives the seat back to the last good model that held it, where the seat allows it: the weekly test has shown that its
 * holder became worse. The rollout that brought the holder ends with it.
 * @param trx the transaction of the decision
 */
export async function rollBack(
  trx: Transaction<Tables>,
  { id, tier, incumbent }: Evaluation,
  { drift, floor, baselineRuns }: DriftWatch,
  recommendationId: string,
  now: Date,
  unreachable: Unreachable = new Map(),
): Promise<RolledBack> {
  const locked = await lockTier(trx, tier)
  const target = await rollbackTarget(trx, tier, incumbent, unreachable)
  const obstacle = obstacleTo(locked, incumbent)
  if (obstacle !== undefined || 'missing' in target) {
    return { status: 'not-moved', reason: obstacle ?? ('missing' in target ? target.missing : '') }
  }
  const grounds = { evaluationId: id, recommendationId, evidence: { baselineRuns, drift, floor } }
  const finding = `${incumbent} became worse, evaluation ${id}`
  const { full } = locked
  if (full !== undefined && full.challenger === incumbent) {
    const event: DegradedEvent = {
      kind: 'degraded',
      source: 'drift',
      finding,
      target,
      mayRollBack: true,
      others: undefined,
    }
    await moveRollout(trx, full, event, now, grounds)
  } else {
    await giveBack(trx, { tier, from: incumbent, to: target.model, reason: `Rolled back: ${finding}` }, grounds, now)
  }
  return { status: 'rolled-back', to: target.model }
}

function obstacleTo({ seat, pin }: LockedTier, incumbent: string | undefined): string | undefined {
  if (seat?.model !== incumbent) return 'the seat changed hands meanwhile'
  if (pin !== undefined) return `${nameOf(pin.by)} has pinned the seat to ${pin.model}`
  return seat?.canAutoRollback === false ? 'can_auto_rollback of the seat is false' : undefined
}

/** The holder was not brought by a rollout. */
async function giveBack(
  trx: Transaction<Tables>,
  { tier, from, to, reason }: { tier: number; from: string | undefined; to: string; reason: string },
  { evidence, ...grounds }: Grounds,
  now: Date,
): Promise<void> {
  await assign(trx, {
    tier,
    model: to,
    reason,
    assignedBy: 'auto',
    at: now,
    ...grounds,
    evidence: asStored({ kind: rollbackKind, ...evidence }),
    onlyIfHeldBy: { model: from },
  })
  await tellRollouts(trx, tier, { kind: 'seat-changed', model: to, by: 'auto', reason }, now)
}
