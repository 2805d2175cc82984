import type { Evaluation } from '../../evaluation/evaluation.ts'
import { newId } from '../../shared/new-id.ts'
import { decisionInputsOf, storedInputs } from '../decision-inputs.ts'
import { noHistoryStart } from '../history.ts'

/**
 * The evaluation that asks incumbent and target everything once more, with the samples, repeats and settings of the one that
 * said `switch`. It is decided on its own answers alone, and nothing later rests on it.
 */
export function newConfirmation(evaluation: Evaluation, target: string, now: Date): Evaluation {
  const inputs = decisionInputsOf(evaluation)
  return {
    ...evaluation,
    id: newId(),
    confirms: evaluation.id,
    name: `Confirmation of ${target} on tier ${evaluation.tier}`,
    status: 'running',
    models: evaluation.models.filter(({ name }) => name === evaluation.incumbent || name === target),
    skipped: [],
    decision: storedInputs({ ...inputs, history: noHistoryStart, racing: false, proposals: [] }),
    applies: false,
    startedAt: now,
    finishedAt: undefined,
  }
}
