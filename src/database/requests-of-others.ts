import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** What other models of a tier than its holder did since a time, whatever they were asked for; undefined for nothing. */
export async function requestsOfOthers(
  db: Kysely<Tables>,
  { tier, model, since }: { tier: number; model: string; since: Date },
): Promise<{ n: number; errors: number } | undefined> {
  const { n, errors } = await db
    .selectFrom('live_observations')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .select(sql<number>`count(*) filter (where outcome = 'failed')`.as('errors'))
    .where('tier', '=', tier)
    .where('model_name', '<>', model)
    .where('outcome', '<>', 'cancelled')
    .where('at', '>=', since)
    .executeTakeFirstOrThrow()
  return n === 0 ? undefined : { n, errors }
}
