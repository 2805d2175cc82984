import { type Kysely, sql } from 'kysely'
import type { FailureKind } from '../evaluation/outcome.ts'
import type { Tables } from './tables.ts'

/** How far a model is in an evaluation that runs. */
export interface ModelProgress {
  model: string
  asked: number
  failed: number
  /** Asked since `since`, and when the first of them was. */
  recent: number
  recentFrom: Date | null
}

/** @param since start of the time over which the speed is measured */
export async function modelProgress(db: Kysely<Tables>, evaluationId: string, since: Date): Promise<ModelProgress[]> {
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(['model_name as model'])
    .select([
      sql<number>`count(*)`.as('asked'),
      sql<number>`count(*) filter (where status = 'failed')`.as('failed'),
      sql<number>`count(*) filter (where asked_at >= ${since}::timestamptz)`.as('recent'),
      sql<Date | null>`min(asked_at) filter (where asked_at >= ${since}::timestamptz)`.as('recentFrom'),
    ])
    .where('evaluation_id', '=', evaluationId)
    .groupBy('model_name')
    .orderBy('model_name')
    .execute()
  return rows
}

/** Failed calls of an evaluation by kind, the most frequent first. */
export async function failuresByKind(
  db: Kysely<Tables>,
  evaluationId: string,
): Promise<{ kind: FailureKind; calls: number }[]> {
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(({ fn }) => ['failure_kind', fn.countAll<number>().as('calls')])
    .where('evaluation_id', '=', evaluationId)
    .where('status', '=', 'failed')
    .groupBy('failure_kind')
    .orderBy('calls', 'desc')
    .orderBy('failure_kind')
    .execute()
  return rows.map(({ failure_kind: kind, calls }) => ({ kind: kind as FailureKind, calls }))
}
