import { type Kysely, sql } from 'kysely'
import type { ModelRole, RunStatus } from '../evaluation/evaluation.ts'
import { type ListSort, moment, numeric, pageOrder, type SortedAt, type SortValue, textual } from './list-order.ts'
import type { Tables } from './tables.ts'

/** When each model last answered in an evaluation, by name. */
export async function lastTested(db: Kysely<Tables>): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom('model_test_runs')
    .select('model_name')
    .select(({ fn }) => fn.max('test_started_at').as('at'))
    .where('model_name', 'is not', null)
    .whereRef('calls_made', '>', 'calls_failed')
    .groupBy('model_name')
    .execute()
  return new Map(rows.flatMap(({ model_name: name, at }) => (name === null || at === null ? [] : [[name, at]])))
}

/** A model in an evaluation that could be applied. Null is unknown. */
export interface ModelTrendRow {
  tier: number
  tierName: string
  evaluationId: string
  evaluatedAt: Date
  role: ModelRole
  status: RunStatus
  accuracy: number | null
  accuracyCi95: [number, number] | null
  total: number | null
  p50Ms: number | null
  costUsdPerCall: number | null
  /** What makes it incomparable with the evaluation before, in words. */
  changed: string | null
}

/** By tier, oldest first. */
export async function modelTrend(db: Kysely<Tables>, model: string): Promise<ModelTrendRow[]> {
  const rows = await db
    .selectFrom('model_trends')
    .selectAll()
    .where('model', '=', model)
    .where('applies', '=', true)
    .where('evaluated_at', 'is not', null)
    .orderBy('tier')
    .orderBy('evaluated_at')
    .execute()
  return rows.flatMap((row) =>
    row.evaluated_at === null
      ? []
      : [
          {
            tier: row.tier,
            tierName: row.tier_name,
            evaluationId: row.evaluation_id,
            evaluatedAt: row.evaluated_at,
            role: row.role as ModelRole,
            status: row.status as RunStatus,
            accuracy: row.accuracy,
            accuracyCi95: intervalOf(row.accuracy_low, row.accuracy_high),
            total: row.total,
            p50Ms: row.p50_ms,
            costUsdPerCall: row.cost_usd_per_call,
            changed: row.changed,
          },
        ],
  )
}

/** A run as a line of a list. Null is unknown. */
export interface ListedRun {
  id: string
  evaluationId: string
  tier: number
  /** `job-analysis@v1` */
  dataset: string
  startedAt: Date
  role: ModelRole | null
  status: RunStatus
  /** Whether something could follow from it. */
  applies: boolean
  confirms: boolean
  calls: number | null
  failed: number | null
  accuracy: number | null
  accuracyCi95: [number, number] | null
  p50Ms: number | null
  costUsd: number | null
}

export const runColumns = ['evaluated', 'tier', 'data', 'result', 'accuracy', 'median', 'calls', 'cost'] as const
export type RunColumn = (typeof runColumns)[number]

export interface RunFilter {
  model: string
  /** Undefined: the newest first, as are those that are the same in the column. */
  sort: ListSort<RunColumn> | undefined
  /** Only those that come after it in the list; `at` where it is sorted. */
  after: { startedAt: Date; id: string; at?: SortedAt } | undefined
  limit: number
}

const startedAt = sql<Date>`coalesce(run.test_started_at, run.created_at)`
const dataset = sql<string>`evaluation.dataset_name || '@' || evaluation.dataset_version`

const sortValues: Record<RunColumn, SortValue> = {
  evaluated: moment(startedAt),
  tier: numeric(sql`run.tier_tested`),
  data: textual(dataset),
  result: textual(sql`coalesce(run.role, 'model') || ' ' || run.test_status`),
  accuracy: numeric(sql`run.accuracy_score`),
  median: numeric(sql`run.p50_response_time_ms`),
  calls: numeric(sql`run.calls_made`),
  cost: numeric(sql`run.cost_usd`),
}

/** The newest first, or in the order of a column. */
export async function listModelRuns(
  db: Kysely<Tables>,
  { model, sort, after, limit }: RunFilter,
): Promise<(ListedRun & { sortedAt: SortedAt })[]> {
  const newer = sql<boolean>`(${startedAt}, run.id) < (${after?.startedAt}::timestamptz, ${after?.id}::uuid)`
  const { sortedAt, where, orderBy } = pageOrder(sortValues, sort, after && { at: after.at, ties: newer })
  const rows = await db
    .selectFrom('model_test_runs as run')
    .innerJoin('evaluations as evaluation', 'evaluation.id', 'run.evaluation_id')
    .selectAll('run')
    .select(['evaluation.id as evaluation', 'evaluation.applies', 'evaluation.confirms'])
    .select([dataset.as('dataset'), startedAt.as('began_at')])
    .select(sortedAt.as('sorted_at'))
    .where('run.model_name', '=', model)
    .where(where)
    .$if(orderBy !== undefined, (query) => query.orderBy(orderBy ?? startedAt))
    .orderBy(startedAt, 'desc')
    .orderBy('run.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    evaluationId: row.evaluation,
    tier: row.tier_tested,
    dataset: row.dataset,
    startedAt: row.began_at,
    role: row.role as ModelRole | null,
    status: row.test_status as RunStatus,
    applies: row.applies,
    confirms: row.confirms !== null,
    calls: row.calls_made,
    failed: row.calls_failed,
    accuracy: row.accuracy_score,
    accuracyCi95: intervalOf(row.accuracy_low, row.accuracy_high),
    p50Ms: row.p50_response_time_ms,
    costUsd: row.cost_usd,
    sortedAt: row.sorted_at,
  }))
}

function intervalOf(low: number | null, high: number | null): [number, number] | null {
  return low === null || high === null ? null : [low, high]
}
