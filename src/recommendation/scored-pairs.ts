import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import { type ItemScores, itemScores } from '../analysis/item-scores.ts'
import type { PairImputation } from './imputation.ts'
import type { PairedItem } from './paired-items.ts'

/** What each of the two scored on one item, with what was assumed where a value is unknown. */
export interface ScoredPair extends PairedItem {
  scores: { incumbent: ItemScores; challenger: ItemScores }
}

export function scoredPairs(
  items: readonly PairedItem[],
  imputation: PairImputation,
  settings: DecisionSettings,
): ScoredPair[] {
  return items.map((pair) => ({
    ...pair,
    scores: {
      incumbent: itemScores(pair.incumbent, settings, imputation.incumbent),
      challenger: itemScores(pair.challenger, settings, imputation.challenger),
    },
  }))
}
