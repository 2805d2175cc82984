import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type ListSort, numeric, pageOrder, type SortedAt, type SortValue, textual } from './list-order.ts'
import type { Tables } from './tables.ts'

export interface SampleFilter {
  category?: string | undefined
  complexity?: string | undefined
  /** Only samples of which a call of one of these models failed in this way. */
  failure?: { kind: string; models: readonly string[] } | undefined
}

/** An evaluation as far as its samples need it. */
export interface SampledEvaluation {
  id: string
  datasetName: string
  datasetVersion: string
}

/** One sample of a list. Differences are points, positive in favour of the challenger; null without a pair. */
export interface ListedSample {
  sample: string
  rank: number | null
  accuracy: number | null
  total: number | null
  pull: number | null
  category: string | null
  complexity: string | null
}

/** By category and complexity it is filtered; by the score of one model it would be summed up anew for every page. */
export const sampleColumns = ['sample', 'accuracy', 'total', 'moved'] as const
export type SampleColumn = (typeof sampleColumns)[number]

const sortValues: Record<SampleColumn, SortValue> = {
  sample: textual(sql`asked.sample_key`),
  accuracy: numeric(sql`asked.accuracy`),
  total: numeric(sql`asked.total`),
  moved: numeric(sql`-asked.rank`),
}

export interface MovedPage extends SampleFilter {
  challenger: string
  /** Undefined: those that moved the decision most first, as are those that are the same in the column. */
  sort?: ListSort<SampleColumn> | undefined
  /** Only samples that come after it; `at` where the list is sorted. */
  after?: { rank: number; at?: SortedAt } | undefined
  limit: number
  /** Only those that spoke for the incumbent. */
  onlyLost?: boolean
}

/** The samples of a pair, those that moved the decision most first or in the order of a column. */
export async function movedSamples(
  db: Kysely<Tables>,
  evaluation: SampledEvaluation,
  page: MovedPage,
): Promise<(ListedSample & { sortedAt: SortedAt })[]> {
  const { challenger, sort, after, limit, onlyLost = false } = page
  const position = after && { at: after.at, ties: sql<boolean>`asked.rank > ${after.rank}` }
  const order = pageOrder(sortValues, sort, position)
  const orderBy = sql`order by ${order.orderBy === undefined ? sql`` : sql`${order.orderBy},`} asked.rank`
  const isFiltered = page.category !== undefined || page.complexity !== undefined || page.failure !== undefined
  // Classes are looked up sample by sample: where they do not decide, only those of the page.
  const { rows } = await sql<ListedSample & { sortedAt: SortedAt }>`
    select asked.sample_key as sample, asked.rank, asked.accuracy, asked.total, asked.pull,
      golden.test_category as category, golden.job_complexity as complexity, ${order.sortedAt} as "sortedAt"
    from (
      select * from sample_differences as asked
      where asked.evaluation_id = ${evaluation.id} and asked.challenger = ${challenger} and ${order.where}
        and ${onlyLost ? sql`asked.pull < 0` : sql`true`}
      ${isFiltered ? sql`` : sql`${orderBy} limit ${limit}`}
    ) as asked ${goldenOf(evaluation)}
    where ${conditions(evaluation, page)}
    ${orderBy} limit ${limit}`.execute(db)
  return rows
}

/** The samples of an evaluation by their keys, where there is no pair. @param isDescending from the last key */
export async function askedSamples(
  db: Kysely<Tables>,
  evaluation: SampledEvaluation,
  page: SampleFilter & { afterKey: string | undefined; isDescending: boolean; limit: number },
): Promise<ListedSample[]> {
  const { afterKey, isDescending, limit } = page
  const further = sql.raw(isDescending ? '<' : '>')
  const { rows } = await sql<ListedSample>`
    select asked.sample_key as sample, null as rank, null as accuracy, null as total, null as pull,
      golden.test_category as category, golden.job_complexity as complexity
    from (
      select jsonb_array_elements_text(sample_keys) collate "C" as sample_key from evaluations where id = ${evaluation.id}
    ) as asked ${goldenOf(evaluation)}
    where ${afterKey === undefined ? sql`true` : sql`asked.sample_key ${further} ${afterKey}`}
      and ${conditions(evaluation, page)}
    order by asked.sample_key ${sql.raw(isDescending ? 'desc' : 'asc')} limit ${limit}`.execute(db)
  return rows
}

/** Sample by sample: without statistics, which the embedded database does not make, all of a version are read for each. */
function goldenOf({ datasetName, datasetVersion }: SampledEvaluation): RawBuilder<unknown> {
  return sql`left join lateral (
      select test_category, job_complexity from golden_dataset_jobs
      where dataset_name = ${datasetName} and dataset_version = ${datasetVersion} and sample_key = asked.sample_key limit 1
    ) as golden on true`
}

function conditions({ id }: SampledEvaluation, { category, complexity, failure }: SampleFilter): RawBuilder<unknown> {
  const parts = [
    sql`true`,
    ...(category === undefined ? [] : [sql`golden.test_category = ${category}`]),
    ...(complexity === undefined ? [] : [sql`golden.job_complexity = ${complexity}`]),
    ...(failure === undefined
      ? []
      : [
          sql`asked.sample_key in (select failed.sample_key from model_test_outcomes as failed
          where failed.evaluation_id = ${id} and failed.status = 'failed' and failed.failure_kind = ${failure.kind}
            and failed.model_name in (${sql.join(failure.models)}))`,
        ]),
  ]
  return sql.join(parts, sql` and `)
}

/** The challengers of which differences are kept, each with the model that it is held against. */
export async function comparedPairs(
  db: Kysely<Tables>,
  evaluationId: string,
): Promise<{ held: string; challenger: string }[]> {
  // By its runs: only so does the primary key lead to the first of each challenger.
  return db
    .selectFrom('model_test_runs as run')
    .innerJoin('sample_differences as first', (join) =>
      join
        .onRef('first.evaluation_id', '=', 'run.evaluation_id')
        .onRef('first.challenger', '=', 'run.model_name')
        .on('first.rank', '=', 1),
    )
    .select(['first.held', 'first.challenger'])
    .where('run.evaluation_id', '=', evaluationId)
    .orderBy('first.challenger')
    .execute()
}

/** How the accuracies of a pair differ, best first: equal differences, to half a point, with the number of their samples. */
export async function differenceCounts(
  db: Kysely<Tables>,
  evaluationId: string,
  challenger: string,
): Promise<{ difference: number; samples: number }[]> {
  return db
    .selectFrom('sample_differences')
    .select(({ fn }) => [fn.avg<number>('accuracy').as('difference'), fn.countAll<number>().as('samples')])
    .where('evaluation_id', '=', evaluationId)
    .where('challenger', '=', challenger)
    .groupBy([sql`sign(accuracy)`, sql`round(accuracy * 2)`])
    .orderBy('difference', 'desc')
    .execute()
}

/** Where a sample stands among those that moved the decision. */
export interface SamplePlace {
  rank: number
  of: number
  pull: number
  before: string | null
  after: string | null
}

export async function placeOfSample(
  db: Kysely<Tables>,
  { evaluationId, challenger, sample }: { evaluationId: string; challenger: string; sample: string },
): Promise<SamplePlace | undefined> {
  const nearest = (where: RawBuilder<unknown>, order: RawBuilder<unknown>) =>
    sql`(select sample_key from sample_differences as other where other.evaluation_id = here.evaluation_id
      and other.challenger = here.challenger and other.rank ${where} here.rank order by other.rank ${order} limit 1)`
  const { rows } = await sql<SamplePlace>`
    select here.rank, here.pull, ${nearest(sql`<`, sql`desc`)} as before, ${nearest(sql`>`, sql`asc`)} as after,
      (select max(other.rank) from sample_differences as other
        where other.evaluation_id = here.evaluation_id and other.challenger = here.challenger) as of
    from sample_differences as here
    where here.evaluation_id = ${evaluationId} and here.challenger = ${challenger}
      and here.sample_key = ${sample}`.execute(db)
  return rows[0]
}

/** How a model did on one sample over its repeats. */
export interface SampleScore {
  sample: string
  model: string
  /** 0 to 100; failures count 0. */
  accuracy: number
  asked: number
  failed: number
}

/** Of these samples and models only; without re-tests where `repeats` is that of the run. */
export async function sampleScores(
  db: Kysely<Tables>,
  evaluationId: string,
  { samples, models }: { samples: readonly string[]; models: readonly string[] },
): Promise<SampleScore[]> {
  if (samples.length === 0 || models.length === 0) return []
  return db
    .selectFrom('model_test_outcomes')
    .select(({ fn }) => ['sample_key as sample', 'model_name as model', fn.countAll<number>().as('asked')])
    .select([
      sql<number>`avg(coalesce(score, 0))`.as('accuracy'),
      sql<number>`count(*) filter (where status = 'failed')`.as('failed'),
    ])
    .where('evaluation_id', '=', evaluationId)
    .where('model_name', 'in', models)
    .where('sample_key', 'in', samples)
    .groupBy(['sample_key', 'model_name'])
    .execute()
}

/** What the filters of the samples of a dataset version offer, with the number of samples. */
export async function sampleClasses(
  db: Kysely<Tables>,
  { name, version }: { name: string; version: string },
): Promise<{ category: string | null; complexity: string | null; samples: number }[]> {
  return db
    .selectFrom('golden_dataset_jobs')
    .select(({ fn }) => [
      'test_category as category',
      'job_complexity as complexity',
      fn.countAll<number>().as('samples'),
    ])
    .where('dataset_name', '=', name)
    .where('dataset_version', '=', version)
    .where('sample_key', 'is not', null)
    .groupBy(['test_category', 'job_complexity'])
    .orderBy('category')
    .orderBy('complexity')
    .execute()
}
