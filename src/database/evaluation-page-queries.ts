import { type Kysely, sql } from 'kysely'
import type { EvaluationStatus } from '../evaluation/evaluation.ts'
import type { Decision } from '../recommendation/recommendation.ts'
import { type ListSort, moment, numeric, pageOrder, type SortedAt, type SortValue, textual } from './list-order.ts'
import type { Tables } from './tables.ts'

/** An evaluation as a line of a list. Unknown is null. */
export interface ListedEvaluation {
  id: string
  tier: number
  tierName: string
  status: EvaluationStatus
  /** `job-analysis@v1` */
  dataset: string
  samples: number
  models: number
  startedAt: Date
  finishedAt: Date | null
  applies: boolean
  /** The evaluation whose switch it confirms. */
  confirms: string | null
  incumbent: string | null
  /** Null until it is decided. */
  verdict: ListedVerdict | null
  /** Names of the models that are simulated. */
  simulated: string[]
  calls: number | null
  failed: number | null
  costUsd: number | null
}

export interface ListedVerdict {
  decision: Decision
  target: string | null
  confidence: number | null
  /** The target, where it is one of them, else who came closest. */
  challenger: string | null
  /** Of the challenger against the incumbent, in points of the total. */
  difference: number | null
  interval: [number, number] | null
  /** Whether the seat changed hands by it at once. */
  changedSeat: boolean
  /** Why the target may not take the seat all the same. */
  refusal: string | null
}

export const evaluationColumns = [
  'evaluated',
  'tier',
  'incumbent',
  'verdict',
  'sure',
  'challenger',
  'difference',
  'calls',
  'failed',
  'cost',
] as const
export type EvaluationColumn = (typeof evaluationColumns)[number]

export interface EvaluationPageFilter {
  tier: number | undefined
  /** Undefined: the newest first, as are those that are the same in the column. */
  sort: ListSort<EvaluationColumn> | undefined
  /** Only those that come after it in the list; `at` where it is sorted. */
  after: { startedAt: Date; id: string; at?: SortedAt } | undefined
  limit: number
}

/** An entry, and its value in the column that the list is sorted by. */
export interface SortedEvaluation extends ListedEvaluation {
  sortedAt: SortedAt
}

const changedSeat = sql<boolean>`exists (select from assignment_history as history where history.evaluation_id = evaluation.id)`
const refusal = sql<string | null>`verdict.input ->> 'refusal'`
/** The target, where it is one of them, else who came closest. */
const closest = sql<{ model: string; delta?: number; deltaCi95?: [number, number] } | null>`(
  select comparison from jsonb_array_elements(verdict.recommendation -> 'comparisons') as comparison
  order by comparison ->> 'model' = verdict.target desc, (comparison ->> 'delta')::float desc nulls last limit 1
)`

const sortValues: Record<EvaluationColumn, SortValue> = {
  evaluated: moment(sql`evaluation.started_at`),
  tier: numeric(sql`evaluation.tier`),
  incumbent: textual(sql`evaluation.incumbent`),
  // The words that the list shows for it.
  verdict: textual(sql`case
    when verdict.decision is null then evaluation.status
    when ${changedSeat} then 'Switch'
    when verdict.decision = 'switch' and ${refusal} is null then 'Switch'
    when verdict.decision in ('switch', 'keep') then 'Keep'
    else 'Gather more' end`),
  sure: numeric(sql`verdict.confidence`),
  challenger: textual(sql`${closest} ->> 'model'`),
  difference: numeric(sql`${closest} ->> 'delta'`),
  calls: numeric(sql`runs.calls`),
  failed: numeric(sql`runs.failed`),
  cost: numeric(sql`runs.cost_usd`),
}

/** The newest first, or in the order of a column. */
export async function listEvaluationPage(
  db: Kysely<Tables>,
  { tier, sort, after, limit }: EvaluationPageFilter,
): Promise<SortedEvaluation[]> {
  const newer = sql<boolean>`(evaluation.started_at, evaluation.id) < (${after?.startedAt}::timestamptz, ${after?.id}::uuid)`
  const { sortedAt, where, orderBy } = pageOrder(sortValues, sort, after && { at: after.at, ties: newer })
  let query = db
    .selectFrom('evaluations as evaluation')
    .leftJoin('recommendations as verdict', 'verdict.evaluation_id', 'evaluation.id')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('model_test_runs as run')
          .select(({ fn }) => [
            fn.sum<number | null>('calls_made').as('calls'),
            fn.sum<number | null>('calls_failed').as('failed'),
          ])
          .select(({ fn }) => [fn.sum<number | null>('cost_usd').as('cost_usd')])
          .whereRef('run.evaluation_id', '=', 'evaluation.id')
          .as('runs'),
      (join) => join.onTrue(),
    )
    .select(['evaluation.id', 'evaluation.tier', 'tier_name', 'status', 'dataset_name', 'dataset_version'])
    .select(['sample_count', 'started_at', 'finished_at', 'applies', 'confirms', 'evaluation.incumbent'])
    .select(['verdict.decision', 'verdict.target', 'verdict.confidence'])
    .select(['runs.calls', 'runs.failed', 'runs.cost_usd'])
    .select([
      sql<number>`jsonb_array_length(evaluation.models)`.as('models'),
      sql<string[]>`jsonb_path_query_array(evaluation.models, '$[*] ? (@.providerKind == "simulated").name')`.as(
        'simulated',
      ),
      changedSeat.as('changed_seat'),
      refusal.as('refusal'),
      closest.as('comparison'),
      sortedAt.as('sorted_at'),
    ])
  if (tier !== undefined) query = query.where('evaluation.tier', '=', tier)
  if (orderBy !== undefined) query = query.orderBy(orderBy)
  const rows = await query
    .where(where)
    .orderBy('evaluation.started_at', 'desc')
    .orderBy('evaluation.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    tier: row.tier,
    tierName: row.tier_name,
    status: row.status as EvaluationStatus,
    dataset: `${row.dataset_name}@${row.dataset_version}`,
    samples: row.sample_count,
    models: row.models,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    applies: row.applies,
    confirms: row.confirms,
    incumbent: row.incumbent,
    verdict:
      row.decision === null
        ? null
        : {
            decision: row.decision as Decision,
            target: row.target,
            confidence: row.confidence,
            challenger: row.comparison?.model ?? null,
            difference: row.comparison?.delta ?? null,
            interval: row.comparison?.deltaCi95 ?? null,
            changedSeat: row.changed_seat,
            refusal: row.refusal,
          },
    simulated: row.simulated,
    calls: row.calls,
    failed: row.failed,
    costUsd: row.cost_usd,
    sortedAt: row.sorted_at,
  }))
}
