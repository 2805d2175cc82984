import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export interface LiveTotals {
  requests: number
  /** A request is tried more than once where a model fails. */
  attempts: number
  failedAttempts: number
}

/**
 * Live requests of all tiers since a time: those of whole minutes from the roll-ups, the newest from the observations.
 * Copies for the shadow are none.
 */
export async function liveTotals(db: Kysely<Tables>, since: Date): Promise<LiveTotals> {
  const { rows } = await sql<Record<keyof LiveTotals, number | string>>`
    with rolled as (select coalesce(max(minute) + interval '1 minute', ${since}) as until from live_minutes),
    part as (
      select sum(first_attempts) as requests, sum(n) as attempts, sum(errors) as failed from live_minutes
      where minute >= date_trunc('minute', ${since}::timestamptz) and not (stage = 'shadow' and arm = 'challenger')
      union all
      select count(*) filter (where attempt = 1), count(*), count(*) filter (where outcome = 'failed')
      from live_observations, rolled
      where at >= greatest(rolled.until, ${since}) and not (stage = 'shadow' and arm = 'challenger')
    )
    select coalesce(sum(requests), 0) as "requests", coalesce(sum(attempts), 0) as "attempts",
      coalesce(sum(failed), 0) as "failedAttempts" from part`.execute(db)
  const [row] = rows
  return {
    requests: Number(row?.requests ?? 0),
    attempts: Number(row?.attempts ?? 0),
    failedAttempts: Number(row?.failedAttempts ?? 0),
  }
}
