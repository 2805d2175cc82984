import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Counts the requests of a day in the database, for all processes on it: an adapter's `DayCounter`. Days are those of
 * the provider's quota.
 * @param quotaDayOf which day a moment belongs to, and when that day ends
 */
export function createDayCounter(
  db: Kysely<Tables>,
  quotaDayOf: (now: Date) => { day: string; endsAt: Date },
): { take(key: string, limit: number, now: Date): Promise<'ok' | { retryAt: Date }> } {
  return {
    async take(key, limit, now) {
      const { day, endsAt } = quotaDayOf(now)
      const taken = await db
        .insertInto('request_days')
        .values({ provider_key: key, day, requests: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['provider_key', 'day'])
            .doUpdateSet({ requests: sql<number>`request_days.requests + 1` })
            .where('request_days.requests', '<', limit),
        )
        .returning('requests')
        .executeTakeFirst()
      return taken === undefined ? { retryAt: endsAt } : 'ok'
    },
  }
}
