import type { Kysely } from 'kysely'
import { countRequests } from '../../database/observation-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { liveTrafficRule } from '../../rollout/live/live-traffic.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Requests that a tier got in the time by which it is told whether there is live traffic. */
export async function liveRequests(db: Kysely<Tables>, tier: number, now: Date): Promise<number> {
  return countRequests(db, tier, new Date(now.getTime() - liveTrafficRule.days * dayMs))
}

/** What a share of the traffic is chosen by: the busier of the last day and the mean of the time before. */
export async function requestsPerDay(db: Kysely<Tables>, tier: number, now: Date): Promise<number> {
  const lastDay = await countRequests(db, tier, new Date(now.getTime() - dayMs))
  return Math.max(lastDay, (await liveRequests(db, tier, now)) / liveTrafficRule.days)
}
