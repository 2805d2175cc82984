import type { Kysely } from 'kysely'
import { type Assignment, assign, assignmentHistory, loadAssignment } from '../database/assignment-queries.ts'
import { listModels } from '../database/model-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { DriftWatch } from '../rollout/watch-incumbent.ts'
import type { JsonObject } from '../shared/json.ts'

/** Whether the model before came back; if not, why, in words that follow "because". */
export type RolledBack = { status: 'rolled-back'; to: string } | { status: 'not-moved'; reason: string }

/** In the evidence of an assignment: the model that gave the seat back is locked like one that was dropped twice. */
export const rollbackKind = 'rollback'

/**
 * Gives the seat back to the model that held it before, where the seat allows it and that model can serve.
 * @param db the transaction of the decision
 */
export async function rollBack(
  db: Kysely<Tables>,
  evaluation: Evaluation,
  watch: DriftWatch,
  recommendationId: string,
  now: Date,
): Promise<RolledBack> {
  const seat = await loadAssignment(db, evaluation.tier)
  const obstacle = await obstacleTo(db, evaluation, seat)
  const to = seat?.previousModel
  if (obstacle !== undefined || to === undefined) return { status: 'not-moved', reason: obstacle ?? noPrevious }
  const { drift, floor, baselineRuns } = watch
  const result = await assign(db, {
    tier: evaluation.tier,
    model: to,
    reason: `Rolled back: ${evaluation.incumbent} became worse, evaluation ${evaluation.id}`,
    assignedBy: 'auto',
    at: now,
    evaluationId: evaluation.id,
    recommendationId,
    evidence: JSON.parse(JSON.stringify({ kind: rollbackKind, baselineRuns, drift, floor })) as JsonObject,
    onlyIfHeldBy: { model: evaluation.incumbent },
  })
  return result.status === 'assigned' ? { status: 'rolled-back', to } : { status: 'not-moved', reason: taken }
}

const noPrevious = 'no other model held the seat before'
const taken = 'the seat changed hands meanwhile'

async function obstacleTo(
  db: Kysely<Tables>,
  { tier, incumbent }: Evaluation,
  seat: Assignment | undefined,
): Promise<string | undefined> {
  if (seat?.model !== incumbent) return taken
  if (seat?.previousModel === undefined) return noPrevious
  if (!seat.canAutoRollback) return 'can_auto_rollback of the seat is false'
  const [change] = await assignmentHistory(db, tier, 1)
  if (change?.evidence?.kind === rollbackKind) return `${seat.previousModel} gave the seat back itself`
  const registry = new Map((await listModels(db)).map((model) => [model.name, model]))
  const previous = registry.get(seat.previousModel)
  if (previous === undefined || !previous.isActive) return `${seat.previousModel} is retired`
  const isSimulated = (name: string | undefined) => registry.get(name ?? '')?.providerKind === 'simulated'
  return isSimulated(seat.previousModel) && !isSimulated(incumbent) ? `${seat.previousModel} is simulated` : undefined
}
