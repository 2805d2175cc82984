import type { Evaluation } from '../../evaluation/evaluation.ts'
import { confirmationWords } from '../../reporting/confirmation-words.ts'
import { confirmSwitch } from '../../rollout/confirm-switch.ts'
import type { Decided } from '../decide-evaluation.ts'
import { decisionInputsOf } from '../decision-inputs.ts'

/** What a re-run says of the switch that it was to confirm, from its own answers. */
export interface JudgedConfirmation {
  isConfirmed: boolean
  target: string
  /** Of the tier, when the evaluation began that it confirms. */
  liveRequests: number
  words: string
}

export function judgeConfirmation(
  evaluation: Evaluation,
  { status, recommendation }: Pick<Decided, 'status' | 'recommendation'>,
): JudgedConfirmation {
  const { incumbent = '', models } = evaluation
  const target = models.find(({ name }) => name !== incumbent)?.name ?? ''
  const comparison = recommendation.comparisons.find(({ model }) => model === target)
  const confirmed = confirmSwitch(status === 'completed' ? comparison : undefined)
  const liveRequests = decisionInputsOf(evaluation).rollout?.liveRequests ?? 0
  const words = confirmationWords(confirmed, { incumbent, target, liveRequests })
  return { isConfirmed: confirmed.isConfirmed, target, liveRequests, words }
}
