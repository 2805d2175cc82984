import type { Selectable } from 'kysely'
import type { FailureKind, Outcome } from '../evaluation/outcome.ts'
import type { Tables } from './tables.ts'

export type ScoredOutcome = Extract<Outcome, { status: 'scored' }>
type FailedOutcome = Extract<Outcome, { status: 'failed' }>
type OutcomeRow = Selectable<Tables['model_test_outcomes']>

/** Every column that an outcome fills. */
export const outcomeColumns: readonly (keyof OutcomeRow)[] = [
  'evaluation_id',
  'model_name',
  'sample_key',
  'repeat',
  'status',
  'score',
  'completeness',
  'failure_kind',
  'failure_message',
  'asked_at',
  'latency_ms',
  'waited_ms',
  'attempts',
  'input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cached_input_tokens',
  'cost_usd',
  'model_version',
  'raw_text',
  'answer',
  'answer_form',
  'schema_errors',
  'fields',
  'warnings',
]

/** A row as an object for JSON: what is left out is NULL. */
export function toOutcomeRow(evaluationId: string, outcome: Outcome): object {
  const { usage } = outcome
  const asked = {
    evaluation_id: evaluationId,
    model_name: outcome.model,
    sample_key: outcome.sampleKey,
    repeat: outcome.repeat,
    status: outcome.status,
    asked_at: outcome.askedAt,
    latency_ms: outcome.latencyMs,
    waited_ms: outcome.waitedMs,
    attempts: outcome.attempts,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
    cached_input_tokens: usage.cachedInputTokens,
    cost_usd: outcome.costUsd,
    model_version: outcome.modelVersion,
    raw_text: outcome.rawText,
    warnings: outcome.warnings,
  }
  return { ...asked, ...(outcome.status === 'scored' ? scoredColumns(outcome) : failedColumns(outcome)) }
}

function scoredColumns(outcome: ScoredOutcome): Partial<OutcomeRow> {
  return {
    score: outcome.accuracy,
    completeness: outcome.completeness,
    answer: outcome.answer,
    answer_form: outcome.form,
    schema_errors: outcome.schemaErrors,
    fields: outcome.fields,
  }
}

function failedColumns({ failure }: FailedOutcome): Partial<OutcomeRow> {
  return { failure_kind: failure.kind, failure_message: failure.message }
}

export function toOutcome(row: OutcomeRow): Outcome {
  const asked = {
    model: row.model_name,
    sampleKey: row.sample_key,
    repeat: row.repeat,
    askedAt: row.asked_at,
    latencyMs: row.latency_ms ?? undefined,
    waitedMs: row.waited_ms,
    attempts: row.attempts,
    usage: {
      inputTokens: row.input_tokens ?? undefined,
      outputTokens: row.output_tokens ?? undefined,
      reasoningTokens: row.reasoning_tokens ?? undefined,
      cachedInputTokens: row.cached_input_tokens ?? undefined,
    },
    costUsd: row.cost_usd ?? undefined,
    rawText: row.raw_text ?? undefined,
    modelVersion: row.model_version ?? undefined,
    warnings: row.warnings,
  }
  if (row.status === 'failed') {
    const failure = { kind: row.failure_kind as FailureKind, message: row.failure_message ?? '' }
    return { ...asked, status: 'failed', failure }
  }
  return {
    ...asked,
    status: 'scored',
    answer: row.answer ?? {},
    form: row.answer_form as ScoredOutcome['form'],
    schemaErrors: row.schema_errors ?? [],
    accuracy: row.score ?? 0,
    completeness: row.completeness ?? 0,
    fields: row.fields ?? [],
  }
}
