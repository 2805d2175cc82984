import { type Kysely, sql } from 'kysely'
import type { FailureKind, Outcome } from '../evaluation/outcome.ts'
import { toJsonText } from './json-text.ts'
import { outcomeColumns, toOutcome, toOutcomeRow } from './outcome-row.ts'
import type { Tables } from './tables.ts'

/**
 * Stores outcomes; one that is there already (same model, sample and repeat) stays as it is. Whatever their number, they
 * are one parameter of one statement.
 */
export async function insertOutcomes(
  db: Kysely<Tables>,
  evaluationId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  const rows = toJsonText(outcomes.map((outcome) => toOutcomeRow(evaluationId, outcome)))
  const names = sql.join(outcomeColumns.map((column) => sql.ref(column)))
  await sql`
    insert into model_test_outcomes (${names})
    select ${names} from jsonb_populate_recordset(null::model_test_outcomes, ${rows}::jsonb)
    on conflict (evaluation_id, model_name, sample_key, repeat) do nothing`.execute(db)
}

/** All outcomes of an evaluation, with everything that was stored of them, by model, repeat and sample. */
export async function loadOutcomes(db: Kysely<Tables>, evaluationId: string): Promise<Outcome[]> {
  const rows = await db
    .selectFrom('model_test_outcomes')
    .selectAll()
    .where('evaluation_id', '=', evaluationId)
    .orderBy('model_name')
    .orderBy('repeat')
    .orderBy('sample_key')
    .execute()
  return rows.map(toOutcome)
}

/** Large enough that a page is worth its query, small enough that its texts do not matter. */
const callsOnPage = 500

/** An evaluation as far as its outcomes are read one after another. */
export interface PagedEvaluation {
  id: string
  models: readonly { name: string; repeats: number }[]
  sampleKeys: readonly string[]
}

/**
 * The outcomes of an evaluation in pages, by model, sample and repeat: the texts of a long evaluation would fill the memory.
 * Samples are named rather than counted on from the last one, because without statistics, which the embedded database does
 * not make, PostgreSQL would sort all that are left.
 */
export async function* outcomePages(
  db: Kysely<Tables>,
  { id, models, sampleKeys }: PagedEvaluation,
): AsyncGenerator<Outcome[]> {
  const keys = sampleKeys.toSorted()
  for (const { name, repeats } of models) {
    if (!(await hasOutcome(db, id, name))) continue
    const samplesOnPage = Math.ceil(callsOnPage / repeats)
    for (let start = 0; start < keys.length; start += samplesOnPage) {
      const page = await outcomesOf(db, id, [name], keys.slice(start, start + samplesOnPage))
      if (page.length > 0) yield page
    }
  }
}

/** The same one after another. */
export async function* eachOutcome(db: Kysely<Tables>, evaluation: PagedEvaluation): AsyncGenerator<Outcome> {
  for await (const page of outcomePages(db, evaluation)) yield* page
}

async function hasOutcome(db: Kysely<Tables>, evaluationId: string, model: string): Promise<boolean> {
  const row = await db
    .selectFrom('model_test_outcomes')
    .select('repeat')
    .where('evaluation_id', '=', evaluationId)
    .where('model_name', '=', model)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What was stored of these samples, by model, sample and repeat. */
export async function outcomesOf(
  db: Kysely<Tables>,
  evaluationId: string,
  models: readonly string[],
  sampleKeys: readonly string[],
): Promise<Outcome[]> {
  if (models.length === 0 || sampleKeys.length === 0) return []
  const rows = await db
    .selectFrom('model_test_outcomes')
    .selectAll()
    .where('evaluation_id', '=', evaluationId)
    .where('model_name', 'in', models)
    .where('sample_key', 'in', sampleKeys)
    .orderBy('model_name')
    .orderBy('sample_key')
    .orderBy('repeat')
    .execute()
  return rows.map(toOutcome)
}

/** What the analysis needs of an outcome, without texts and answers. */
export interface OutcomeMeasures {
  evaluationId: string
  model: string
  sampleKey: string
  repeat: number
  status: 'scored' | 'failed'
  failureKind: FailureKind | undefined
  accuracy: number | undefined
  latencyMs: number | undefined
  costUsd: number | undefined
}

/**
 * The outcomes of several evaluations as plain measures, by evaluation, model, repeat and sample; without those of re-tests,
 * whose repeats follow those of the run.
 */
export async function loadMeasures(db: Kysely<Tables>, evaluationIds: readonly string[]): Promise<OutcomeMeasures[]> {
  if (evaluationIds.length === 0) return []
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(['evaluation_id', 'model_name', 'sample_key', 'repeat', 'status', 'failure_kind', 'score'])
    .select(['latency_ms', 'cost_usd'])
    .where('evaluation_id', 'in', evaluationIds)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('model_test_runs as run')
            .select('run.id')
            .whereRef('run.evaluation_id', '=', 'model_test_outcomes.evaluation_id')
            .whereRef('run.model_name', '=', 'model_test_outcomes.model_name')
            .whereRef('run.repeats', '<=', 'model_test_outcomes.repeat'),
        ),
      ),
    )
    .orderBy('evaluation_id')
    .orderBy('model_name')
    .orderBy('repeat')
    .orderBy('sample_key')
    .execute()
  return rows.map((row) => ({
    evaluationId: row.evaluation_id,
    model: row.model_name,
    sampleKey: row.sample_key,
    repeat: row.repeat,
    status: row.status as OutcomeMeasures['status'],
    failureKind: (row.failure_kind as FailureKind | null) ?? undefined,
    accuracy: row.score ?? undefined,
    latencyMs: row.latency_ms ?? undefined,
    costUsd: row.cost_usd ?? undefined,
  }))
}

/** What was asked already, for an evaluation that goes on. */
export interface AskedCall {
  model: string
  sampleKey: string
  repeat: number
}

export async function loadAskedCalls(db: Kysely<Tables>, evaluationId: string): Promise<AskedCall[]> {
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(['model_name', 'sample_key', 'repeat'])
    .where('evaluation_id', '=', evaluationId)
    .execute()
  return rows.map((row) => ({ model: row.model_name, sampleKey: row.sample_key, repeat: row.repeat }))
}

export interface OutcomeCount {
  model: string
  repeat: number
  asked: number
  scored: number
  failed: number
}

/** How far an evaluation is: outcomes by model and repeat. */
export async function countOutcomes(db: Kysely<Tables>, evaluationId: string): Promise<OutcomeCount[]> {
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(({ fn }) => ['model_name', 'repeat', fn.countAll<number>().as('asked')])
    .select(sql<number>`count(*) filter (where status = 'scored')`.as('scored'))
    .where('evaluation_id', '=', evaluationId)
    .groupBy(['model_name', 'repeat'])
    .orderBy('model_name')
    .orderBy('repeat')
    .execute()
  return rows.map(({ model_name, repeat, asked, scored }) => {
    return { model: model_name, repeat, asked, scored, failed: asked - scored }
  })
}

export interface FailureExample {
  model: string
  kind: FailureKind
  calls: number
  /** What one of them said. */
  example: string
}

/** The failed calls of an evaluation by model and kind, the most frequent first. */
export async function loadFailures(db: Kysely<Tables>, evaluationId: string): Promise<FailureExample[]> {
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(({ fn }) => ['model_name', 'failure_kind', fn.countAll<number>().as('calls')])
    .select(({ fn }) => fn.min('failure_message').as('example'))
    .where('evaluation_id', '=', evaluationId)
    .where('status', '=', 'failed')
    .groupBy(['model_name', 'failure_kind'])
    .orderBy('calls', 'desc')
    .orderBy('model_name')
    .orderBy('failure_kind')
    .execute()
  return rows.map(({ model_name, failure_kind, calls, example }) => {
    return { model: model_name, kind: failure_kind as FailureKind, calls, example: example ?? '' }
  })
}
