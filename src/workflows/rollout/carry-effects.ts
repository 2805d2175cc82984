import type { Transaction } from 'kysely'
import { raiseAlert } from '../../database/alert-queries.ts'
import { assign, type NewAssignment } from '../../database/assignment-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import type { RolloutEffect } from '../../rollout/rollout-effect.ts'
import { asStored } from '../../shared/json.ts'

/** In the evidence of an assignment: the model that gave the seat back is locked like one that was dropped twice. */
export const rollbackKind = 'rollback'

/** What has shown it, such as an evaluation: people are told by whoever decided on it. */
export interface Grounds {
  evaluationId?: string
  recommendationId?: string
  evidence: object
}

interface Cause {
  by: NewAssignment['assignedBy']
  now: Date
  /** Undefined: what the rollout rests on. */
  grounds: Grounds | undefined
}

/** @throws when somebody else holds a seat than the one it is taken from: then nothing of the transaction may be stored */
export async function carryEffects(
  trx: Transaction<Tables>,
  rollout: Rollout,
  effects: readonly RolloutEffect[],
  cause: Cause,
): Promise<void> {
  for (const effect of effects) {
    if (effect.kind !== 'alert') await moveSeat(trx, rollout, effect, cause)
    else if (cause.grounds === undefined) await tell(trx, rollout, effect, cause)
  }
}

async function tell(
  trx: Transaction<Tables>,
  rollout: Rollout,
  { severity, subject, message, isOfIncident = false }: Extract<RolloutEffect, { kind: 'alert' }>,
  { now }: Cause,
): Promise<void> {
  const { tier, challenger, evaluationId } = rollout
  const about = { tier, model: challenger, evaluationId, raisedAt: now }
  const key = isOfIncident ? incidentKey(rollout) : undefined
  await raiseAlert(trx, { kind: 'rollout', severity, subject, message, key, ...about })
}

/** The alert of an incident, while that lasts. */
export function incidentKey({ id }: Rollout): string {
  return `incident:${id}`
}

async function moveSeat(
  trx: Transaction<Tables>,
  { id, tier, evaluationId, recommendationId, confirmation, approvedBy, state }: Rollout,
  effect: Exclude<RolloutEffect, { kind: 'alert' }>,
  { by, now, grounds }: Cause,
): Promise<void> {
  const isBack = effect.kind === 'roll-back'
  const evaluation = grounds?.evaluationId ?? evaluationId
  const recommendation = grounds?.recommendationId ?? recommendationId
  const kind = isBack ? rollbackKind : 'rollout'
  const result = await assign(trx, {
    tier,
    model: isBack ? effect.to : effect.model,
    reason: effect.reason,
    assignedBy: by,
    at: now,
    ...(evaluation === undefined ? {} : { evaluationId: evaluation }),
    ...(recommendation === undefined ? {} : { recommendationId: recommendation }),
    evidence: asStored({ kind, rollout: id, confirmation, approvedBy, state, ...grounds?.evidence }),
    onlyIfHeldBy: { model: effect.heldBy },
  })
  if (result.status === 'assigned') return
  throw new Error(`Tier ${tier} is not held by ${effect.heldBy} any more: ${result.status}.`)
}
