import type { Evaluation, ModelRole } from '../evaluation/evaluation.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import type { JsonObject, JsonValue } from '../shared/json.ts'

/**
 * One outcome for other evaluation tools. Where they agree on a name it is theirs (`id`, `input`, `output`, `expected`,
 * `score` from 0 to 1, `scores`, `error`, `latencyMs`, `tokenUsage`, `cost`, `metadata`); what only Incumbent knows is in
 * `metadata`. Unknown is null.
 */
export type ExportedOutcome = {
  /** `evaluation/model/input/repeat` */
  id: string
  inputId: string
  /** Only where inputs were asked for. */
  input?: JsonObject | null
  model: string
  provider: string | null
  /** The answer that was read; what came, as text, where none could be read; null where nothing came. */
  output: JsonObject | string | null
  expected: JsonObject | null
  /** Null for a call that failed; in Incumbent's means it counts 0. */
  score: number | null
  /** By field of the answer, 0 to 1; null where both sides say nothing. */
  scores: Record<string, number | null>
  /** `kind: message` */
  error: string | null
  latencyMs: number | null
  tokenUsage: Record<'prompt' | 'completion' | 'total' | 'reasoning' | 'cached', number | null>
  /** US dollars at list price. */
  cost: number | null
  metadata: { [key: string]: JsonValue }
}

/** What is known of an outcome beside itself. */
export interface OutcomeContext {
  evaluation: Pick<
    Evaluation,
    'id' | 'tier' | 'tierName' | 'datasetName' | 'datasetVersion' | 'applies' | 'confirms' | 'startedAt'
  >
  provider: string | undefined
  role: ModelRole | undefined
  /** Repeats of its run; those that follow are of a re-test. */
  repeats: number | undefined
  sample: { target: JsonObject; category: string | undefined; complexity: string | undefined } | undefined
  /** Undefined: was not asked for. */
  input: JsonObject | null | undefined
}

export function exportedOutcome(outcome: Outcome, context: OutcomeContext): ExportedOutcome {
  const { evaluation, provider, sample, input } = context
  const { usage } = outcome
  return {
    id: `${evaluation.id}/${outcome.model}/${outcome.sampleKey}/${outcome.repeat + 1}`,
    inputId: outcome.sampleKey,
    ...(input === undefined ? {} : { input }),
    model: outcome.model,
    provider: provider ?? null,
    output: outcome.status === 'scored' ? outcome.answer : (outcome.rawText ?? null),
    expected: sample?.target ?? null,
    score: outcome.status === 'scored' ? outcome.accuracy / 100 : null,
    scores:
      outcome.status === 'scored' ? Object.fromEntries(outcome.fields.map(({ path, score }) => [path, score])) : {},
    error: outcome.status === 'failed' ? `${outcome.failure.kind}: ${outcome.failure.message}` : null,
    latencyMs: outcome.latencyMs ?? null,
    tokenUsage: {
      prompt: usage.inputTokens ?? null,
      completion: usage.outputTokens ?? null,
      total: sumOf(usage.inputTokens, usage.outputTokens),
      reasoning: usage.reasoningTokens ?? null,
      cached: usage.cachedInputTokens ?? null,
    },
    cost: outcome.costUsd ?? null,
    metadata: metadataOf(outcome, context),
  }
}

function sumOf(one: number | undefined, other: number | undefined): number | null {
  return one === undefined || other === undefined ? null : one + other
}

function metadataOf(outcome: Outcome, { evaluation, role, repeats, sample }: OutcomeContext): JsonObject {
  return {
    evaluation: evaluation.id,
    evaluatedAt: evaluation.startedAt.toISOString(),
    tier: evaluation.tier,
    tierName: evaluation.tierName,
    dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
    role: role ?? null,
    repeat: outcome.repeat + 1,
    isRetest: repeats !== undefined && outcome.repeat >= repeats,
    isTrial: !evaluation.applies,
    confirms: evaluation.confirms ?? null,
    category: sample?.category ?? null,
    complexity: sample?.complexity ?? null,
    completeness: outcome.status === 'scored' ? outcome.completeness : null,
    failureKind: outcome.status === 'failed' ? outcome.failure.kind : null,
    modelVersion: outcome.modelVersion ?? null,
    attempts: outcome.attempts,
    waitedMs: outcome.waitedMs,
    askedAt: outcome.askedAt.toISOString(),
  }
}
