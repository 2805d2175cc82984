import { type Kysely, sql } from 'kysely'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** What one sample added to the difference of two models, in points; positive in favour of the challenger. */
export interface RankedDifference {
  challenger: string
  /** 1: the sample that moved the difference most, in either direction. */
  rank: number
  sample: string
  held: string
  accuracy: number
  total: number
  pull: number
}

/** Whether what an evaluation says of each sample is kept already. */
export async function hasSampleResults(db: Kysely<Tables>, evaluationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sample_results')
    .select('sample_key')
    .where('evaluation_id', '=', evaluationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Sums up what every language model of an evaluation answered to each sample; what is kept already stays. */
export async function insertSampleResults(db: Kysely<Tables>, evaluationId: string): Promise<void> {
  await sql`
    insert into sample_results (evaluation_id, sample_key, models, models_right, accuracy)
    select ${evaluationId}::uuid, sample_key, count(*), count(*) filter (where lowest > 99.9999), avg(accuracy)
    from (
      select outcome.sample_key, min(coalesce(outcome.score, 0)) as lowest,
        avg(coalesce(outcome.score, 0))::double precision as accuracy
      from model_test_outcomes as outcome
      join model_test_runs as run
        on run.evaluation_id = outcome.evaluation_id and run.model_name = outcome.model_name
      where outcome.evaluation_id = ${evaluationId} and run.role <> 'baseline' and outcome.repeat < run.repeats
      group by outcome.model_name, outcome.sample_key
    ) as answered
    group by sample_key
    on conflict do nothing`.execute(db)
}

/** Whatever their number, they are one parameter of one statement; what is kept already stays. */
export async function insertSampleDifferences(
  db: Kysely<Tables>,
  evaluationId: string,
  differences: readonly RankedDifference[],
): Promise<void> {
  if (differences.length === 0) return
  const rows = toJsonText(
    differences.map(({ sample, ...difference }) => ({
      evaluation_id: evaluationId,
      sample_key: sample,
      ...difference,
    })),
  )
  await sql`
    insert into sample_differences (evaluation_id, challenger, rank, sample_key, held, accuracy, total, pull)
    select evaluation_id, challenger, rank, sample_key, held, accuracy, total, pull
    from jsonb_populate_recordset(null::sample_differences, ${rows}::jsonb)
    on conflict do nothing`.execute(db)
}
