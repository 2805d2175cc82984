import { isHard } from './blocking-reasons.ts'
import { analysisOf, type Field } from './field.ts'
import type { Comparison, MeasuredComparison, Recommendation } from './recommendation.ts'
import { isMeasured } from './recommendation.ts'
import { rounded } from './rounded.ts'

/** The part of a recommendation that depends on its decision. */
export type Ruling = Pick<Recommendation, 'decision' | 'target' | 'reasons'> &
  Partial<Pick<Recommendation, 'comparisons' | 'confidence' | 'fallback'>>

/** What follows from the comparisons: the best challenger that may switch, else that may enter the shadow, else none. */
export function ruleOn(field: Field, incumbent: string, comparisons: Comparison[]): Ruling {
  const [winner] = bestFirst(field, comparisons, 'switch')
  if (winner !== undefined) {
    return { decision: 'switch', target: winner.model, reasons: [], comparisons, confidence: winner.pBetter }
  }
  const [promising] = bestFirst(field, comparisons, 'recommend')
  if (promising !== undefined) {
    const { model: target, blocked: reasons, pBetter: confidence } = promising
    return { decision: 'recommend', target, reasons, comparisons, confidence }
  }
  const isUnmeasured = comparisons.length > 0 && comparisons.every(({ state }) => state === 'insufficient_data')
  return {
    decision: isUnmeasured ? 'insufficient_data' : 'keep',
    target: incumbent,
    reasons: comparisons.length === 0 ? ['single_model'] : [],
    comparisons,
    confidence: confidenceInKeeping(comparisons),
  }
}

/** Highest gain first; then the lower failure rate, the lower cost per call (an unknown one last) and the name. */
function bestFirst(field: Field, comparisons: readonly Comparison[], state: Comparison['state']): MeasuredComparison[] {
  const costOf = ({ model }: Comparison) => analysisOf(field, model).cost.perCall ?? Number.POSITIVE_INFINITY
  const failuresOf = ({ model }: Comparison) => analysisOf(field, model).failureRate
  return comparisons
    .filter(isMeasured)
    .filter((comparison) => comparison.state === state)
    .toSorted(
      (one, other) =>
        rounded(other.delta) - rounded(one.delta) ||
        failuresOf(one) - failuresOf(other) ||
        ascending(costOf(one), costOf(other)) ||
        ascending(one.model, other.model),
    )
}

/** Infinity minus itself is not 0, so that infinite costs are compared and not subtracted. */
function ascending<T extends number | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Null when every challenger is blocked by a hard limit: then the block is the answer, not a confidence. */
function confidenceInKeeping(comparisons: readonly Comparison[]): number | null {
  const chances = comparisons
    .filter(isMeasured)
    .filter(({ blocked }) => !blocked.some(isHard))
    .map(({ pBetter, pNonInferior }) => Math.min(pBetter, pNonInferior))
  return chances.length === 0 ? null : 1 - Math.max(...chances)
}
