import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely'
import type { Evaluation, Run, RunStatus, RunSummary } from '../evaluation/evaluation.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** What ends a run. A run without a single outcome has no summary. */
export interface RunEnd {
  status: 'completed' | 'failed' | 'invalid' | 'dropped' | 'locked'
  finishedAt: Date
  summary: RunSummary | undefined
}

/** Part of `insertEvaluation`. */
export async function insertRuns(
  trx: Transaction<Tables>,
  evaluation: Evaluation,
  runs: readonly Run[],
): Promise<void> {
  if (runs.length === 0) return
  const planned = new Map(evaluation.models.map((model) => [model.name, model]))
  await trx
    .insertInto('model_test_runs')
    .values(
      runs.map((run) => ({
        id: run.id,
        evaluation_id: evaluation.id,
        test_name: evaluation.name,
        tier_tested: evaluation.tier,
        model_name: run.model,
        provider: run.provider,
        role: planned.get(run.model)?.role ?? null,
        repeats: planned.get(run.model)?.repeats ?? null,
        test_dataset_version: evaluation.datasetVersion,
        jobs_tested: evaluation.sampleKeys.length,
        test_status: run.status,
        test_started_at: run.startedAt,
        test_completed_at: run.finishedAt ?? null,
      })),
    )
    .execute()
}

/** The runs of an evaluation, in the order of their models' names. */
export async function loadRuns(db: Kysely<Tables>, evaluationId: string): Promise<Run[]> {
  const rows = await db
    .selectFrom('model_test_runs')
    .selectAll()
    .where('evaluation_id', '=', evaluationId)
    .orderBy('model_name')
    .execute()
  return rows.map((row) => toRun(row, evaluationId))
}

/** Stores the end of a run: its summary whole as JSON, and rounded in the columns of the source document. */
export async function finishRun(db: Kysely<Tables>, id: string, end: RunEnd): Promise<void> {
  await db
    .updateTable('model_test_runs')
    .set({
      test_status: end.status,
      test_completed_at: end.finishedAt,
      ...(end.summary === undefined ? {} : summaryColumns(end.summary)),
      jobs_failed: sql<number>`(
        select count(*) from (
          select from model_test_outcomes as outcome
          where outcome.evaluation_id = model_test_runs.evaluation_id and outcome.model_name = model_test_runs.model_name
            and outcome.repeat < coalesce(model_test_runs.repeats, outcome.repeat + 1)
          group by outcome.sample_key having not bool_or(outcome.status = 'scored')
        ) as failed_samples)`,
      avg_tokens_used: sql<number>`(
        select round(avg(outcome.input_tokens + outcome.output_tokens)) from model_test_outcomes as outcome
        where outcome.evaluation_id = model_test_runs.evaluation_id and outcome.model_name = model_test_runs.model_name
          and outcome.repeat < coalesce(model_test_runs.repeats, outcome.repeat + 1))`,
      model_versions: versionsThatAnswered('model_test_runs'),
    })
    .where('id', '=', id)
    .execute()
}

/** Out of all its outcomes; a run that has ended keeps them in `model_versions`. @param run what its table is called */
export function versionsThatAnswered(run: string): RawBuilder<string | null> {
  return sql<string | null>`(
    select string_agg(distinct outcome.model_version, ${sql.lit(versionSeparator)} order by outcome.model_version)
    from model_test_outcomes as outcome
    where outcome.evaluation_id = ${sql.ref(`${run}.evaluation_id`)}
      and outcome.model_name = ${sql.ref(`${run}.model_name`)})`
}

export const versionSeparator = ', '

function summaryColumns(summary: RunSummary) {
  const { latencyMs, tokens, scores } = summary
  return {
    calls_made: summary.asked,
    calls_failed: summary.asked - summary.scored,
    avg_response_time_ms: rounded(latencyMs.mean),
    p50_response_time_ms: rounded(latencyMs.p50),
    p95_response_time_ms: rounded(latencyMs.p95),
    p99_response_time_ms: rounded(latencyMs.p99),
    total_tokens_used: tokens.total !== null && tokens.total <= largestInteger ? tokens.total : null,
    total_input_tokens: tokens.input,
    total_output_tokens: tokens.output,
    accuracy_score: summary.accuracy,
    accuracy_low: summary.accuracyCi95?.[0] ?? null,
    accuracy_high: summary.accuracyCi95?.[1] ?? null,
    consistency_score: summary.consistency,
    completeness_score: summary.completeness,
    cost_usd: summary.costUsd,
    speed_score: scores.speed,
    cost_score: scores.cost,
    total_score: scores.total,
    results_summary: toJsonText(summary),
  }
}

/** Of PostgreSQL's type `integer`. */
const largestInteger = 2_147_483_647

function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds)
}

function toRun(row: Selectable<Tables['model_test_runs']>, evaluationId: string): Run {
  return {
    id: row.id,
    evaluationId,
    model: row.model_name ?? '',
    provider: row.provider ?? '',
    status: row.test_status as RunStatus,
    startedAt: row.test_started_at ?? row.created_at,
    finishedAt: row.test_completed_at ?? undefined,
    summary: (row.results_summary as RunSummary | null) ?? undefined,
  }
}

/** What all calls since then have cost at list price, in US dollars; unknown costs count nothing. */
export async function spentSince(db: Kysely<Tables>, since: Date): Promise<number> {
  const { spent } = await costs(db).where('asked_at', '>=', since).executeTakeFirstOrThrow()
  return spent ?? 0
}

/** The same of the calls of some evaluations. */
export async function spentOn(db: Kysely<Tables>, evaluationIds: readonly string[]): Promise<number> {
  if (evaluationIds.length === 0) return 0
  const { spent } = await costs(db).where('evaluation_id', 'in', evaluationIds).executeTakeFirstOrThrow()
  return spent ?? 0
}

/** What the calls of a cycle have cost; null: it made some, and no cost of them is known. */
export async function spentByCycle(db: Kysely<Tables>, cycleId: string): Promise<number | null> {
  const { calls, spent } = await costs(db)
    .select(({ fn }) => fn.countAll<number>().as('calls'))
    .where('evaluation_id', 'in', (query) =>
      query.selectFrom('evaluations').select('id').where('cycle_id', '=', cycleId),
    )
    .executeTakeFirstOrThrow()
  return calls === 0 ? 0 : spent
}

function costs(db: Kysely<Tables>) {
  return db.selectFrom('model_test_outcomes').select(({ fn }) => fn.sum<number | null>('cost_usd').as('spent'))
}
