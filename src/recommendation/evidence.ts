import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { meanOf } from '../analysis/item-scores.ts'
import { commonItems } from './compare-field.ts'
import { analysisOf, type Field, fieldOf } from './field.ts'
import { imputationFor } from './imputation.ts'
import { type ParetoPlace, paretoFront } from './pareto-front.ts'
import { recommend } from './recommend.ts'
import { isMeasured, type Recommendation } from './recommendation.ts'
import { type SamplesNeeded, samplesNeeded } from './samples-needed.ts'
import { scoredPairs } from './scored-pairs.ts'
import { type TermDifferences, type WeightsThatFlip, weightsThatFlip } from './weights-that-flip.ts'

/** What the evidence can show beside the verdict, by point estimate where no interval is said. */
export interface Evidence {
  /** Challenger → how much better it is in each term; their weighted sum is its `delta`. */
  termDifferences: Record<string, TermDifferences>
  /** Null without a comparison, and with a formula of the tier's own, which has no weights. */
  weightsThatFlip: WeightsThatFlip | null
  /** The models that were asked, in the order of their names. */
  paretoFront: ParetoPlace[]
  /** Challenger → samples to see its observed gain. */
  samplesNeeded: Record<string, SamplesNeeded>
}

/** `recommend` with what the evidence can show: the verdict is the same. */
export function recommendWithEvidence(records: EvaluationRecords): Recommendation & { evidence: Evidence } {
  const recommendation = recommend(records)
  return { ...recommendation, evidence: evidenceOf(records, recommendation) }
}

/** @param recommendation what `recommend` made of the same records */
export function evidenceOf(records: EvaluationRecords, { incumbent, comparisons }: Recommendation): Evidence {
  const field = fieldOf(records)
  const compared = comparisons.filter(({ delta }) => delta !== undefined).map(({ model }) => model)
  const differences =
    incumbent === null ? [] : compared.map((model) => [model, termDifferences(field, incumbent, model)] as const)
  const hasWeights = field.settings.formula === null && incumbent !== null && differences.length > 0
  return {
    termDifferences: Object.fromEntries(differences),
    weightsThatFlip: hasWeights ? weightsThatFlip(incumbent, Object.fromEntries(differences), field.settings) : null,
    paretoFront: paretoFront(
      field.models.map((model) => ({ model, ...analysisOf(field, model).scores })),
      field.settings.tieTol,
    ),
    samplesNeeded: Object.fromEntries(
      comparisons.filter(isMeasured).map((comparison) => [comparison.model, samplesNeeded(comparison)]),
    ),
  }
}

/** Of the same items, and with the same assumptions about what is unknown, as the comparison itself. */
function termDifferences(field: Field, incumbent: string, model: string): TermDifferences {
  const items = commonItems(field, incumbent, model)
  const pairs = scoredPairs(items, imputationFor(items), field.settings)
  const differenceIn = (term: keyof TermDifferences) =>
    meanOf(pairs, ({ scores }) => scores.challenger[term] - scores.incumbent[term])
  return { accuracy: differenceIn('accuracy'), speed: differenceIn('speed'), cost: differenceIn('cost') }
}
