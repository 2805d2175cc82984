import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { hasLiveTraffic } from '../../rollout/live/live-traffic.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import type { Decided } from '../decide-evaluation.ts'
import { decisionInputsOf } from '../decision-inputs.ts'
import { insertPlannedEvaluation } from '../insert-planned-evaluation.ts'
import { newConfirmation } from './new-confirmation.ts'

/**
 * Stores the evaluation that has to confirm a `switch`, in the transaction of the verdict: where there is hardly any live
 * traffic on which the rollout could show anything, a fresh re-run has to.
 * @param open the rollout that is on its way after the verdict
 * @returns undefined where nothing has to be confirmed
 */
export async function planConfirmation(
  trx: Transaction<Tables>,
  evaluation: Evaluation,
  decided: Decided,
  open: Rollout | undefined,
  now: Date,
): Promise<Evaluation | undefined> {
  if (!needsConfirmation(evaluation, decided) || open === undefined || !isWaiting(open, evaluation)) return undefined
  const confirmation = newConfirmation(evaluation, open.challenger, now)
  await insertPlannedEvaluation(trx, confirmation)
  return confirmation
}

/** Whether a verdict is a `switch` that live requests cannot show. */
export function needsConfirmation(
  evaluation: Evaluation,
  { recommendation }: Pick<Decided, 'recommendation'>,
): boolean {
  const { rollout } = decisionInputsOf(evaluation)
  return recommendation.decision === 'switch' && rollout !== undefined && !hasLiveTraffic(rollout.liveRequests)
}

/** For evidence, or for a person who has it. Where models are only recommended nothing would follow from it. */
function isWaiting({ evaluationId, state, confirmation, settings, pin }: Rollout, { id }: Evaluation): boolean {
  const isEarly = state.stage === 'proposed' || state.stage === 'shadow'
  const mayFollow = settings.policy !== 'recommend-only' && pin === undefined
  return evaluationId === id && isEarly && confirmation === undefined && mayFollow
}
