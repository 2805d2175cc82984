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
  /** Paths of the files that were written. */
  reports: string[]
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
