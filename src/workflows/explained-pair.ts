import type { Analysis, ModelAnalysis } from '../analysis/analysis.ts'
import type { DecisionSettings, EvaluationRecord, EvaluationRecords } from '../analysis/evaluation-records.ts'
import type { GoldenTarget } from '../database/golden-target-queries.ts'
import type { StoredRecommendation } from '../database/recommendation-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { inReadingOrder } from '../recommendation/reading-order.ts'
import type { Comparison, Recommendation } from '../recommendation/recommendation.ts'
import { differenceSpread, type SampleDifference } from '../recommendation/sample-differences.ts'
import { UserError } from '../shared/user-error.ts'
import { readTargetPaths } from '../tasks/target-paths.ts'
import type { ExplainedPair } from './explanation.ts'
import { gatesInWords } from './gates-in-words.ts'
import { sideBySide } from './side-by-side.ts'
import { setAsideOf } from './verdict-input.ts'
import { baselinesOf } from './verdict-records.ts'

/** What a verdict is explained from. */
export interface Material {
  evaluation: Evaluation
  stored: StoredRecommendation
  outcomes: readonly Outcome[]
  /** What the verdict was made from. */
  records: EvaluationRecords
  /** All records of the evaluation itself. */
  asked: readonly EvaluationRecord[]
  pooled: number
  settings: DecisionSettings
}

/** Two models whose answers are held against each other. */
export interface Pair {
  held: string
  challenger: string
  comparison: Comparison | null
  records: EvaluationRecords
}

/** What two models are chosen from. */
export type Choice = Pick<Material, 'evaluation' | 'stored' | 'records' | 'asked'>

/** The pair that is asked for, else the one that the verdict turned on. */
export function pairOf(material: Choice, wanted: string | undefined): Pair | undefined {
  const recommendation = material.stored.recommendation as unknown as Recommendation
  const { comparisons, incumbent, target } = recommendation
  if (wanted !== undefined && !comparisons.some(({ model }) => model === wanted)) {
    const known = comparisons.map(({ model }) => model).join(', ')
    const why = whyNotCompared(material, wanted)
    throw new UserError(`--model ${wanted}: expected a model that was compared (${known || 'there is none'})${why}.`)
  }
  if (incumbent === null) return choiceForSeat(material, target)
  const comparison = inReadingOrder(recommendation).find(({ model }) => wanted === undefined || model === wanted)
  return comparison === undefined || comparison.commonItems === 0
    ? undefined
    : { held: incumbent, challenger: comparison.model, comparison, records: material.records }
}

function whyNotCompared({ stored }: Choice, model: string): string {
  const { dropped, locked } = setAsideOf(stored)
  if (dropped.some((one) => one.model === model)) return `; ${model} was dropped by racing`
  return locked.some((one) => one.model === model) ? `; ${model} is locked` : ''
}

/** Who takes a vacant seat is held against who came next, a baseline where there is no other model. */
function choiceForSeat({ evaluation, stored, asked, records }: Choice, target: string | null): Pair | undefined {
  const { models } = stored.analysis as unknown as Analysis
  const others = Object.entries(models).filter(([model]) => model !== target)
  const baselines = baselinesOf(evaluation)
  const rank = ([model, { scores }]: [string, ModelAnalysis]) => (baselines.has(model) ? 0 : 1000) + scores.total
  const [next] = others.toSorted((one, other) => rank(other) - rank(one))
  if (target === null || next === undefined) return undefined
  const [held] = next
  const isAsked = (model: string) => asked.some((record) => record.model === model)
  if (!isAsked(target) || !isAsked(held)) return undefined
  // With the baselines, which the verdict itself has no records of.
  return { held, challenger: target, comparison: null, records: { ...records, records: [...asked] } }
}

/**
 * @param moved the samples that moved the difference most
 * @param all every sample of the two
 */
export function explainedPair(
  material: Material,
  { held, challenger, comparison }: Pair,
  all: readonly SampleDifference[],
  moved: readonly SampleDifference[],
  targets: ReadonlyMap<string, GoldenTarget>,
): ExplainedPair {
  const targetPathOf = targetPaths(material.evaluation)
  return {
    held,
    challenger,
    comparison,
    gates: comparison === null ? [] : gatesInWords(material.stored, comparison),
    spread: differenceSpread(all, material.settings.tieTol),
    movedMost: moved.map((difference) => {
      const { sample } = difference
      const { target, category = null, complexity = null } = targets.get(sample) ?? {}
      const { fields, ...answers } = sideBySide(sample, [held, challenger], material.outcomes, target, targetPathOf)
      return { ...difference, category, complexity, answers, fields }
    }),
  }
}

/** Where the targets have their fields; where the answers have them, when the task's folder is gone. */
export function targetPaths({ taskFolder }: Evaluation): (path: string) => string {
  try {
    const paths = readTargetPaths(taskFolder)
    return (path) => paths.get(path) ?? path
  } catch (error) {
    if (error instanceof UserError) return (path) => path
    throw error
  }
}
