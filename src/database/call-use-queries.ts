import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** What the calls of one sample used, the mean over its repeats. Null is unknown. */
export interface MeasuredUse {
  model: string
  evaluationId: string
  dataset: string
  startedAt: Date
  sampleKey: string
  inputTokens: number | null
  cachedInputTokens: number | null
  outputTokens: number | null
  latencyMs: number
}

/** The mean of more is hardly surer. They were put into their order by lot, so that the first stand for all. */
const mostSamples = 300

/**
 * By model and sample, of the first 300 samples: what the answers of each model used in the newest completed evaluation of
 * the tier in which it gave some. A trial counts only for a model that was in nothing else.
 */
export async function measuredUse(db: Kysely<Tables>, tier: number, models: readonly string[]): Promise<MeasuredUse[]> {
  if (models.length === 0) return []
  const newest = db
    .selectFrom('model_test_runs as run')
    .innerJoin('evaluations as evaluation', 'evaluation.id', 'run.evaluation_id')
    .select(['run.model_name', 'evaluation.id', 'evaluation.started_at'])
    .select(sql<string>`evaluation.dataset_name || '@' || evaluation.dataset_version`.as('dataset'))
    .distinctOn('run.model_name')
    .where('evaluation.tier', '=', tier)
    .where('evaluation.status', '=', 'completed')
    .where('evaluation.confirms', 'is', null)
    .where('run.model_name', 'in', models)
    .whereRef('run.calls_made', '>', 'run.calls_failed')
    .orderBy('run.model_name')
    .orderBy('evaluation.applies', 'desc')
    .orderBy('evaluation.started_at', 'desc')
  return db
    .selectFrom(newest.as('newest'))
    .innerJoin('evaluations as evaluation', 'evaluation.id', 'newest.id')
    .innerJoinLateral(
      sql<{ sample_key: string }>`(
        select asked #>> '{}' as sample_key
        from jsonb_path_query(evaluation.sample_keys, ${sql.lit(`$[0 to ${mostSamples - 1}]`)}) as asked)`.as('asked'),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('model_test_outcomes as outcome')
          .select(({ fn }) => [
            fn.avg<number | null>('outcome.input_tokens').as('inputTokens'),
            fn.avg<number | null>('outcome.cached_input_tokens').as('cachedInputTokens'),
            fn.avg<number | null>('outcome.output_tokens').as('outputTokens'),
            fn.avg<number>('outcome.latency_ms').as('latencyMs'),
          ])
          .whereRef('outcome.evaluation_id', '=', 'newest.id')
          .whereRef('outcome.model_name', '=', 'newest.model_name')
          .whereRef('outcome.sample_key', '=', 'asked.sample_key')
          .where('outcome.latency_ms', 'is not', null)
          .as('used'),
      (join) => join.onTrue(),
    )
    .select(['newest.model_name as model', 'newest.id as evaluationId', 'newest.dataset'])
    .select(['newest.started_at as startedAt', 'asked.sample_key as sampleKey'])
    .select(['used.inputTokens', 'used.cachedInputTokens', 'used.outputTokens', 'used.latencyMs'])
    .where('used.latencyMs', 'is not', null)
    .orderBy('model')
    .orderBy('sampleKey')
    .$narrowType<{ model: string }>()
    .execute()
}

export interface LiveTokens {
  model: string
  answers: number
  inputTokens: number
  outputTokens: number
}

const newestAnswers = 10_000

/** Mean tokens of the newest answers, at most 10,000, to live requests of a tier; models whose tokens are unknown are left out. */
export async function liveTokens(
  db: Kysely<Tables>,
  { tier, models, since }: { tier: number; models: readonly string[]; since: Date },
): Promise<LiveTokens[]> {
  const found: LiveTokens[] = []
  for (const model of models) {
    const newest = db
      .selectFrom('live_observations')
      .select(['input_tokens', 'output_tokens'])
      .where('tier', '=', tier)
      .where('model_name', '=', model)
      .where('at', '>=', since)
      .where('outcome', '=', 'answered')
      .where('input_tokens', 'is not', null)
      .where('output_tokens', 'is not', null)
      .orderBy('at', 'desc')
      .limit(newestAnswers)
    const { answers, inputTokens, outputTokens } = await db
      .selectFrom(newest.as('newest'))
      .select(({ fn }) => [
        fn.countAll<number>().as('answers'),
        fn.avg<number | null>('input_tokens').as('inputTokens'),
        fn.avg<number | null>('output_tokens').as('outputTokens'),
      ])
      .executeTakeFirstOrThrow()
    if (inputTokens !== null && outputTokens !== null) found.push({ model, answers, inputTokens, outputTokens })
  }
  return found
}

/** When the tier got its first live request since then; undefined: none. */
export async function firstRequestSince(db: Kysely<Tables>, tier: number, since: Date): Promise<Date | undefined> {
  const { first } = await db
    .selectFrom('live_minutes')
    .select(({ fn }) => fn.min('minute').as('first'))
    .where('tier', '=', tier)
    .where('minute', '>=', since)
    .executeTakeFirstOrThrow()
  return (first as Date | null) ?? undefined
}
