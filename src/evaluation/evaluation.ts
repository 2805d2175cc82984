import type { ProviderKind } from '../providers/provider.ts'
import type { JsonObject } from '../shared/json.ts'
import { newId } from '../shared/new-id.ts'

export const evaluationStatuses = ['running', 'completed', 'failed', 'interrupted', 'invalid'] as const
/**
 * `interrupted`: the process that ran it is gone; `incumbent resume` goes on with it. `invalid`: finished, but too many
 * calls failed for the provider's reason, so that it says nothing about the models. `failed`: it could not be finished.
 */
export type EvaluationStatus = (typeof evaluationStatuses)[number]

/** All runs of one tier made together, on the same samples: everything that `resume` needs to go on with it. */
export interface Evaluation {
  id: string
  cycleId: string
  tier: number
  tierName: string
  /** The source's `test_name`, such as 'Weekly Tier 1 Model Comparison'. */
  name: string
  status: EvaluationStatus
  taskFolder: string
  datasetName: string
  datasetVersion: string
  datasetHash: string
  /** The samples to ask, in the seeded order in which they are asked. */
  sampleKeys: string[]
  seed: number
  models: PlannedModel[]
  skipped: SkippedModel[]
  /** The model that held the tier when the evaluation was planned. */
  incumbent: string | undefined
  /** The frozen inputs of the decision: weights, references, settings, epoch key. */
  decision: JsonObject
  /** False with --no-apply or --limit: the verdict is shown and nothing follows from it. */
  applies: boolean
  /** The evaluation whose `switch` it confirms by asking both models once more; absent for all others. */
  confirms?: string
  startedAt: Date
  finishedAt: Date | undefined
  /** When what the models said was deleted, as it had become too old (retention.answersDays); absent while it is kept. */
  answersDeletedAt?: Date
}

export type ModelRole = 'incumbent' | 'challenger' | 'baseline'

export interface PlannedModel {
  name: string
  provider: string
  providerKind: ProviderKind
  role: ModelRole
  repeats: number
  /** A challenger that is not compared any more: it is asked only the first so many samples once, for its trend. */
  locked?: { reason: LockReason; samples: number }
}

export type LockReason = 'dropped_twice' | 'looks_used_up' | 'rolled_back'

/** How many calls of a model are planned; racing may cancel some. */
export function plannedCalls(
  { repeats, locked }: PlannedModel,
  { sampleKeys }: Pick<Evaluation, 'sampleKeys'>,
): number {
  return repeats * (locked?.samples ?? sampleKeys.length)
}

/** A model that should have been compared and was not, why, and what a person can do about it. */
export interface SkippedModel {
  model: string
  reason: string
  remedy: string | undefined
}

/** The model that holds the seat, where it takes part. */
export function incumbentOf({ models }: Pick<Evaluation, 'models'>): PlannedModel | undefined {
  return models.find(({ role }) => role === 'incumbent')
}

/** A re-test asks as often as the run: its repeats follow those of the run, and count in nothing else. */
export function isOfRun({ models }: Pick<Evaluation, 'models'>): (call: { model: string; repeat: number }) => boolean {
  const repeats = new Map(models.map((model) => [model.name, model.repeats]))
  return ({ model, repeat }) => repeat < (repeats.get(model) ?? 0)
}

/** How often each sample was asked of a language model; 1 where none took part. */
export function repeatsOf({ models }: Evaluation): number {
  return Math.max(1, ...models.map(({ repeats }) => repeats))
}

/** `dropped`: racing ended it early; `locked`: of a challenger that is not compared any more. Neither was judged. */
export type RunStatus = EvaluationStatus | 'dropped' | 'locked'

/** One model over one dataset version for one tier: a row of `model_test_runs`. */
export interface Run {
  id: string
  evaluationId: string
  model: string
  provider: string
  status: RunStatus
  startedAt: Date
  finishedAt: Date | undefined
  summary: RunSummary | undefined
}

/** What is shown of a run and stored with it. Unknown is null, never 0. */
export interface RunSummary {
  /** Calls that have an outcome. */
  asked: number
  scored: number
  failed: Record<string, number>
  /** 0 to 100; failures count 0. */
  accuracy: number | null
  accuracyCi95: [number, number] | null
  completeness: number | null
  consistency: number | null
  latencyMs: { mean: number | null; p50: number | null; p95: number | null; p99: number | null }
  tokens: { input: number | null; output: number | null; total: number | null }
  costUsd: number | null
  scores: { accuracy: number | null; speed: number | null; cost: number | null; total: number | null }
  /** The source's min-max score among the models of this evaluation: shown, never deciding. */
  fieldRelative: number | null
  flags: string[]
}

/** The row that a planned model gets when its evaluation starts. */
export function newRun({ id: evaluationId, startedAt }: Evaluation, { name, provider }: PlannedModel): Run {
  const id = newId()
  return {
    id,
    evaluationId,
    model: name,
    provider,
    status: 'running',
    startedAt,
    finishedAt: undefined,
    summary: undefined,
  }
}
