import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** A time in which no service was there. */
export interface Absence {
  /** The last sign of life before. */
  since: Date
  /** When one was there again. */
  until: Date
}

/**
 * A service that carries the schedule is there now. One statement, so that of two that come back at once both learn how long
 * none was there.
 * @param gapMs silence for longer than this is an absence
 * @returns the last absence; undefined where none is known
 */
export async function notePresence(db: Kysely<Tables>, now: Date, gapMs: number): Promise<Absence | undefined> {
  const isGap = sql<boolean>`excluded.seen_at > service_presence.seen_at + make_interval(secs => ${gapMs / 1000})`
  const { away_since: since, away_until: until } = await db
    .insertInto('service_presence')
    .values({ duty: 'schedule', seen_at: now })
    .onConflict((conflict) =>
      conflict.column('duty').doUpdateSet({
        away_since: sql`case when ${isGap} then service_presence.seen_at else service_presence.away_since end`,
        away_until: sql`case when ${isGap} then excluded.seen_at else service_presence.away_until end`,
        // The clock of one service may be a little behind that of another.
        seen_at: sql`greatest(service_presence.seen_at, excluded.seen_at)`,
      }),
    )
    .returning(['away_since', 'away_until'])
    .executeTakeFirstOrThrow()
  return since === null || until === null ? undefined : { since, until }
}
