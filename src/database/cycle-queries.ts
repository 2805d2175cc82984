import type { Kysely, Selectable } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** The evaluations of one slot, or of one command, with their report. */
export interface Cycle {
  id: string
  /** `waiting`: for the next slot of the schedule; `interrupted`: the process that carried it is gone. */
  status: 'running' | 'waiting' | 'completed' | 'failed' | 'interrupted'
  /** What started it, in words: the command of a person, or the schedule. */
  startedBy: string
  startedAt: Date
  finishedAt: Date | undefined
  /** Paths of the report files. */
  reports: string[]
  /** What the report says. */
  summary: JsonObject | undefined
}

/** What ends a cycle. */
export interface CycleEnd {
  status: 'completed' | 'failed'
  finishedAt: Date
  reports: string[]
  summary: object | undefined
}

export async function insertCycle(
  db: Kysely<Tables>,
  cycle: Pick<Cycle, 'id' | 'startedBy' | 'startedAt'>,
): Promise<void> {
  const { id, startedBy, startedAt } = cycle
  await db
    .insertInto('cycles')
    .values({ id, status: 'running', started_by: startedBy, started_at: startedAt })
    .execute()
}

export async function finishCycle(db: Kysely<Tables>, id: string, end: CycleEnd): Promise<void> {
  await db
    .updateTable('cycles')
    .set({
      status: end.status,
      finished_at: end.finishedAt,
      reports: toJsonText(end.reports),
      summary: end.summary === undefined ? null : toJsonText(end.summary),
    })
    .where('id', '=', id)
    .execute()
}

/** The cycle of a round, for whichever of its slots comes first; between its slots it is `waiting`. */
export async function openCycle(
  db: Kysely<Tables>,
  { id, startedBy, startedAt }: Pick<Cycle, 'id' | 'startedBy' | 'startedAt'>,
): Promise<void> {
  await db
    .insertInto('cycles')
    .values({ id, status: 'waiting', started_by: startedBy, started_at: startedAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** One slot of a cycle is done; others are still to come. */
export async function letCycleWait(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable('cycles')
    .set({ status: 'waiting' })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()
}

/** A cycle that was cut off goes on: it is `running` again. */
export async function reopenCycle(db: Kysely<Tables>, id: string): Promise<void> {
  await db.updateTable('cycles').set({ status: 'running', finished_at: null }).where('id', '=', id).execute()
}

export async function loadCycle(db: Kysely<Tables>, id: string): Promise<Cycle | undefined> {
  const row = await db.selectFrom('cycles').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toCycle(row)
}

/** The newest first. */
export async function listCycles(db: Kysely<Tables>, limit: number): Promise<Cycle[]> {
  const rows = await db.selectFrom('cycles').selectAll().orderBy('started_at', 'desc').limit(limit).execute()
  return rows.map(toCycle)
}

/** Identifiers of the cycles that say `running`, whether their process lives or not. */
export async function runningCycles(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('cycles').select('id').where('status', '=', 'running').execute()
  return rows.map(({ id }) => id)
}

/** Only for those whose process is known to be gone. */
export async function interruptCycles(db: Kysely<Tables>, ids: string[]): Promise<void> {
  await db
    .updateTable('cycles')
    .set({ status: 'interrupted' })
    .where('id', 'in', ids)
    .where('status', '=', 'running')
    .execute()
}

function toCycle(row: Selectable<Tables['cycles']>): Cycle {
  return {
    id: row.id,
    status: row.status as Cycle['status'],
    startedBy: row.started_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    reports: row.reports,
    summary: row.summary ?? undefined,
  }
}
