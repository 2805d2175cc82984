import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** US dollars that copies of a tier's requests to a challenger have cost since a time; copies of unknown cost are not in it. */
export async function shadowCost(
  db: Kysely<Tables>,
  { tier, challenger, since }: { tier: number; challenger: string; since: Date },
): Promise<number> {
  const { usd } = await db
    .selectFrom('live_observations')
    .select(({ fn }) => fn.sum<number | null>('cost_usd').as('usd'))
    .where('tier', '=', tier)
    .where('model_name', '=', challenger)
    .where('at', '>=', since)
    .where('stage', '=', 'shadow')
    .where('arm', '=', 'challenger')
    .executeTakeFirstOrThrow()
  return usd ?? 0
}
