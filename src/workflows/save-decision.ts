import type { Transaction } from 'kysely'
import { type NewAlert, raiseAlert } from '../database/alert-queries.ts'
import { assign } from '../database/assignment-queries.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { addFollowed } from '../database/recommendation-queries.ts'
import { freezeReference } from '../database/reference-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { newId } from '../shared/new-id.ts'
import type { Decided } from './decide-evaluation.ts'
import type { Measure } from './decision-settings-of.ts'
import { tellOfDrift } from './drift-alert.ts'
import { rollBack } from './roll-back.ts'
import { followVerdict } from './rollout/follow-verdict.ts'
import { lockTier } from './rollout/lock-tier.ts'
import { planConfirmation } from './rollout/plan-confirmation.ts'
import { unreachableModels } from './rollout/unreachable-models.ts'
import { storeVerdict } from './store-verdict.ts'
import type { VerdictInput } from './verdict-input.ts'
import type { Workspace } from './workspace.ts'

/**
 * Stores runs, verdict and what follows from it: the assignment that fills a vacant seat or gives one back, and the rollout
 * of a challenger. All of it or nothing.
 * @returns the evaluation that has to confirm the verdict, where one has; it is stored with it, so that it is carried even
 * after a crash
 */
export async function saveDecision(
  workspace: Workspace,
  evaluation: Evaluation,
  decided: Decided,
): Promise<Evaluation | undefined> {
  const { config, clock } = workspace
  const now = clock.now()
  const id = newId()
  const unreachable = decided.input.drift?.status === 'rollback' ? await unreachableModels(workspace) : undefined
  return inTransaction(workspace.database.db, async (trx) => {
    await lockTier(trx, evaluation.tier)
    await storeVerdict(trx, evaluation, decided, { id, now })
    await takeVacantSeat(trx, evaluation, decided, { id, now })
    for (const { measure, value } of newReferences(decided.input)) {
      const set = { measure, value, model: evaluation.incumbent, evaluationId: evaluation.id, setAt: now }
      await freezeReference(trx, evaluation.tier, set)
    }
    const { drift } = decided.input
    const rolledBack =
      drift?.status === 'rollback' ? await rollBack(trx, evaluation, drift, id, now, unreachable) : undefined
    for (const alert of invalidRunAlerts(evaluation, decided, now)) await raiseAlert(trx, alert)
    if (drift !== null) await tellOfDrift(trx, evaluation, drift, rolledBack, now)
    const { open, happened } = await followVerdict(trx, config, { evaluation, decided, recommendationId: id, now })
    await addFollowed(trx, evaluation.id, happened)
    return planConfirmation(trx, evaluation, decided, open, now)
  })
}

async function takeVacantSeat(
  trx: Transaction<Tables>,
  { id: evaluationId, tier }: Evaluation,
  { assigned }: Decided,
  { id: recommendationId, now }: { id: string; now: Date },
): Promise<void> {
  if (assigned === undefined) return
  const reason = `Initial assignment by evaluation ${evaluationId}`
  await assign(trx, { tier, model: assigned, reason, assignedBy: 'auto', at: now, evaluationId, recommendationId })
}

function newReferences({ baseline = {} }: VerdictInput): { measure: Measure; value: number }[] {
  return (['latencyMs', 'costUsd'] as const).flatMap((measure) => {
    const value = baseline[measure]
    return value === undefined ? [] : [{ measure, value }]
  })
}

function invalidRunAlerts({ id, tier }: Evaluation, { standings }: Decided, raisedAt: Date): NewAlert[] {
  return [...standings].flatMap(([model, standing]) => {
    if (standing.status !== 'invalid') return []
    const subject = `The run of ${model} on tier ${tier} is invalid`
    const message = `${standing.reason}. Nothing was concluded from it. ${standing.remedy}`
    return [{ kind: 'run-invalid', severity: 'warning', subject, message, tier, model, evaluationId: id, raisedAt }]
  })
}
