import type { EvaluationStatus, ModelRole, RunStatus, RunSummary, SkippedModel } from '../evaluation/evaluation.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import type { DriftStatus } from '../rollout/watch-incumbent.ts'
import type { HypothesisVerdict } from './hypotheses.ts'

/**
 * One cycle told to people. Every rendering (Markdown, CSV, JSON, later HTML, Slack and e-mail) is made from this value;
 * as JSON it is what `incumbent run --json` prints. Times are ISO 8601 with zone; unknown is null.
 */
export interface CycleReport {
  cycle: string
  startedAt: string
  finishedAt: string
  evaluations: EvaluationReport[]
  /**
   * What was not as planned, in sentences: caught up later, waited for a quota, a stage that is missing, a seat that was
   * taken back since the report before.
   */
  notes: string[]
  /** Null in reports of earlier versions of the program. */
  costs: CycleCosts | null
  /** Paths of the files that were written. */
  reports: string[]
}

/** US dollars at list price. Months are those of UTC. */
export interface CycleCosts {
  /** By the calls of this cycle; null: unknown for all of them. */
  spentUsd: number | null
  /** `2026-11` */
  month: string
  /** By tests, live requests and copies in the shadow together; calls of unknown cost count nothing. */
  monthUsdSoFar: number
  /** The whole month, if its days to come are like the last seven; null: no call has a known cost. */
  monthUsdProjected: number | null
  /** Of the days to come, from how much the last seven differ; null: too few days, or nothing to come. */
  monthCi95: [number, number] | null
  /** `budget.monthUsd`; null: none. */
  budgetUsd: number | null
  /** The most expensive of the month first. */
  models: ModelCosts[]
}

/** Null is unknown; a model that was not asked cost 0. */
export interface ModelCosts {
  model: string
  isSimulated: boolean
  /** In the last seven days. */
  weekUsd: { test: number | null; live: number | null; shadow: number | null }
  monthUsdSoFar: number | null
  monthUsdProjected: number | null
}

export interface EvaluationReport {
  id: string
  tier: number
  tierName: string
  name: string
  /** `job-analysis@v0` */
  dataset: string
  datasetHash: string
  /** How the targets came about, in the words of the data, with the number of samples each. */
  verifiedBy: { words: string; samples: number }[]
  samples: number
  repeats: number
  status: EvaluationStatus
  incumbent: string | null
  runs: RunReport[]
  /** The failed calls by model and kind, the most frequent first, each with what one of them said. */
  failures: FailureReport[]
  skipped: SkippedModel[]
  /** Where no language model of the tier answered: what the providers have, nearest first, and how to add it. */
  proposals: { model: string; provider: string; command: string }[]
  recommendation: Recommendation
  /** Earlier evaluations of the same epoch that the verdict rests on, too, with the models that were pooled. */
  pooled: { evaluation: string; models: string[] }[]
  /** What makes results before this evaluation incomparable, in words; empty in the same epoch. */
  epochChanges: string[]
  /** Challengers that racing ended early, after so many of the planned calls. */
  dropped: { model: string; reason: string; samples: number; asked: number; planned: number }[]
  /** Whether the incumbent has become worse; null where it was not watched. */
  drift: { status: DriftStatus; words: string } | null
  /** Challengers that are not compared any more in this epoch. */
  locked: { model: string; reason: string }[]
  /** Accuracies of this evaluation and those of the tier before it, oldest first. */
  trend: TrendPoint[]
  reasoning: string
  /** Why the model of choice may not take the seat, as the tier's owner wants it; null: it may. */
  refusal: string | null
  assignment: { model: string | null; changed: boolean }
  /** How a better model comes to the seat; null in evaluations of earlier versions of the program. */
  rolloutPolicy: 'auto' | 'approve' | 'recommend-only' | null
  /** What followed from the verdict by itself, in sentences. */
  followed: string[]
  hypotheses: HypothesisVerdict[]
  warnings: string[]
}

export interface RunReport extends RunSummary {
  id: string
  model: string
  provider: string
  role: ModelRole
  status: RunStatus
}

/** A model in one evaluation. */
export interface TrendPoint {
  evaluation: string
  at: string
  model: string
  provider: string
  role: ModelRole
  accuracy: number | null
  accuracyCi95: [number, number] | null
  /** What makes it incomparable with the one before, in words; null: nothing. */
  changed: string | null
}

export interface FailureReport {
  model: string
  kind: string
  calls: number
  /** Whether only the provider is the reason; otherwise it counts against the model. */
  isOfProvider: boolean
  example: string
}
