import type { BlockingReason, Comparison } from '../recommendation/recommendation.ts'

/** What a fresh re-run says of a `switch`. Probabilities are 0 to 1; null where too little was measured. */
export interface ConfirmedSwitch {
  isConfirmed: boolean
  pBetter: number | null
  pNonInferior: number | null
  /** What a model may not have that takes a seat: too many failures, too slow, answers that are missing. */
  blocked: BlockingReason[]
}

/** One-sided. */
const level = 0.95

/** A look, a cooldown and the gain have been decided by the verdict that is confirmed; these are about the models alone. */
const blocking: readonly BlockingReason[] = [
  'too_few_items',
  'too_few_items_for_switch',
  'low_coverage',
  'failure_rate_above_cap',
  'reliability_regression',
  'p95_above_slo',
]

/**
 * Whether a re-run of both models, made because the verdict was `switch` and there is no live traffic to try it on, confirms
 * it: the fresh answers alone have to show, each one-sided at 95 %, that the challenger is better in total and that its
 * accuracy is inside the margin. The answers that won the verdict are not used again: they are too good, as they won.
 * @param comparison of the re-run; undefined where the challenger could not be compared
 */
export function confirmSwitch(comparison: Comparison | undefined): ConfirmedSwitch {
  const blocked = (comparison?.blocked ?? []).filter((reason) => blocking.includes(reason))
  const pBetter = comparison?.pBetter ?? null
  const pNonInferior = comparison?.pNonInferior ?? null
  const isShown = [pBetter, pNonInferior].every((probability) => probability !== null && probability >= level)
  return { isConfirmed: isShown && blocked.length === 0, pBetter, pNonInferior, blocked }
}
