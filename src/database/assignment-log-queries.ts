import { type Kysely, sql } from 'kysely'
import { type ListSort, moment, pageOrder, type SortValue, textual } from './list-order.ts'
import type { Tables } from './tables.ts'

/** Who changed what about a seat, when and why. */
export interface LogEntry {
  at: Date
  tier: number
  /** `auto`, `system`, or `manual:` and the name of a person. */
  by: string
  /** `assigned`, `pinned`, `unpinned`, or the event of a rollout with its stages. */
  what: string
  model: string | undefined
  previousModel: string | undefined
  why: string
  evaluationId: string | undefined
  rolloutId: string | undefined
}

export const logColumns = ['when', 'change', 'model', 'why', 'who'] as const
export type LogColumn = (typeof logColumns)[number]

const sortValues: Record<LogColumn, SortValue> = {
  when: moment(sql`at`),
  change: textual(sql`what`),
  model: textual(sql`model`),
  why: textual(sql`why`),
  who: textual(sql`by`),
}

export interface LogRange {
  /** Undefined: all tiers. */
  tier?: number
  /** Leaves out what has moved nothing, such as an evaluation that says the same again, and what the configuration says. */
  movesOnly?: boolean
  /** Undefined: the newest first, as are those that are the same in the column. */
  sort?: ListSort<LogColumn> | undefined
  offset?: number
  limit: number
}

/** The newest first, or in the order of a column. */
export async function listAssignmentLog(
  db: Kysely<Tables>,
  { tier, movesOnly = false, sort, offset = 0, limit }: LogRange,
): Promise<LogEntry[]> {
  const { orderBy } = pageOrder(sortValues, sort, undefined)
  const rows = await db
    .selectFrom('assignment_log')
    .selectAll()
    .$if(tier !== undefined, (query) => query.where('tier', '=', tier ?? 0))
    .$if(movesOnly, (query) =>
      query.where(sql<boolean>`what !~ ': (\\w[\\w-]*) to \\1$' and by is distinct from 'system'`),
    )
    .$if(orderBy !== undefined, (query) => query.orderBy(orderBy ?? sql`at`))
    .orderBy('at', (order) => order.desc().nullsLast())
    .orderBy('what')
    .orderBy('tier')
    .offset(offset)
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    at: row.at ?? new Date(0),
    tier: row.tier,
    by: row.by ?? '',
    what: row.what,
    model: row.model ?? undefined,
    previousModel: row.previous_model ?? undefined,
    why: row.why ?? '',
    evaluationId: row.evaluation_id ?? undefined,
    rolloutId: row.rollout_id ?? undefined,
  }))
}

/** How often seats changed hands since then, and how often that was a way back; first assignments are no change of hands. */
export async function countSwitches(
  db: Kysely<Tables>,
  since: Date,
): Promise<{ switches: number; ofThemBack: number }> {
  return db
    .selectFrom('assignment_history')
    .select([
      sql<number>`count(*)`.as('switches'),
      sql<number>`count(*) filter (where evidence ->> 'kind' = 'rollback')`.as('ofThemBack'),
    ])
    .where('assigned_at', '>=', since)
    .where('previous_model', 'is not', null)
    .where('model', 'is not', null)
    .where('assigned_by', '!=', 'system')
    .executeTakeFirstOrThrow()
}
