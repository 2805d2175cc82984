import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { meanOf } from '../analysis/item-scores.ts'
import { commonItems } from './compare-field.ts'
import { analysisOf, type Field, fieldOf } from './field.ts'
import { imputationFor } from './imputation.ts'
import { type ParetoPlace, paretoFront, type ScoredModel } from './pareto-front.ts'
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
  /** The models that were judged, in the order of their names; by the same differences, where there is an incumbent. */
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
    paretoFront: paretoFront(scoredModels(field, incumbent, Object.fromEntries(differences)), field.settings.tieTol),
    samplesNeeded: Object.fromEntries(
      comparisons.filter(isMeasured).map((comparison) => [comparison.model, samplesNeeded(comparison)]),
    ),
  }
}

/**
 * Where models were asked in different weeks, only their differences to the incumbent can be held against each other: then
 * nothing that wins by some weights is beaten. Where no cost is known at all, accuracy and speed alone tell.
 */
function scoredModels(
  field: Field,
  incumbent: string | null,
  differences: Readonly<Record<string, TermDifferences>>,
): ScoredModel[] {
  const isCompared = incumbent !== null && Object.keys(differences).length > 0
  const isCostless = field.models.every((model) => analysisOf(field, model).cost.total === null)
  return field.models.flatMap((model) => {
    const { scores } = analysisOf(field, model)
    const terms = !isCompared ? scores : model === incumbent ? noDifference : differences[model]
    if (terms === undefined) return []
    const cost = scores.cost === null ? null : terms.cost
    return { model, accuracy: terms.accuracy, speed: terms.speed, cost: isCostless ? 0 : cost }
  })
}

const noDifference: TermDifferences = { accuracy: 0, speed: 0, cost: 0 }

/** Of the same items, and with the same assumptions about what is unknown, as the comparison itself. */
function termDifferences(field: Field, incumbent: string, model: string): TermDifferences {
  const items = commonItems(field, incumbent, model)
  const pairs = scoredPairs(items, imputationFor(items), field.settings)
  const differenceIn = (term: keyof TermDifferences) =>
    meanOf(pairs, ({ scores }) => scores.challenger[term] - scores.incumbent[term])
  return { accuracy: differenceIn('accuracy'), speed: differenceIn('speed'), cost: differenceIn('cost') }
}
