import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import { isBelow } from '../analysis/statistics/tolerance.ts'
import { blockingReasonsOf, isHard, type JudgedBy } from './blocking-reasons.ts'
import type { MeasuredPair, UnmeasuredPair } from './compare.ts'
import type { BlockingReason, Comparison, Judged } from './recommendation.ts'

/** The state of a comparison and everything that blocks a switch (decisions.md section 6.2). */
export function judge(pair: MeasuredPair | UnmeasuredPair, by: JudgedBy): Comparison {
  if (pair.seUsed === undefined || pair.clusters < by.settings.minItemsAdvisory) {
    return { ...pair, state: 'insufficient_data', blocked: ['too_few_items'] } as Comparison
  }
  const blocked = blockingReasonsOf(pair, by)
  return { ...pair, look: by.look, blocked, state: stateOf(pair, blocked, by.settings) }
}

function stateOf(pair: MeasuredPair, blocked: readonly BlockingReason[], settings: DecisionSettings): Judged['state'] {
  if (blocked.length === 0) return 'switch'
  if (isFutile(pair, settings)) return 'drop'
  if (blocked.some(isHard)) return 'inconclusive'
  const isDoubtful =
    isBelow(pair.pBetter, settings.confidence, settings.tieTol) ||
    isBelow(pair.pNonInferior, settings.confidence, settings.tieTol)
  return isDoubtful ? 'inconclusive' : 'recommend'
}

/** A total that rests on a value assumed at its worst is no reason to give up: the value may become known. */
function isFutile({ clusters, flags, pBetter, pNonInferior }: MeasuredPair, settings: DecisionSettings): boolean {
  if (clusters < settings.futilityMinItems) return false
  const isAssumed = flags.includes('cost_missing_worst_case') || flags.includes('latency_missing_worst_case')
  return (
    (isBelow(pBetter, settings.futility, settings.tieTol) && !isAssumed) ||
    isBelow(pNonInferior, settings.futility, settings.tieTol)
  )
}
