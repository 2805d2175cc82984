import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Grows when a change of a seat, a rollout, a pin or a model is committed: whoever routes requests asks this one row. */
export async function routingVersion(db: Kysely<Tables>): Promise<number> {
  const { version } = await db.selectFrom('routing_version').select('version').executeTakeFirstOrThrow()
  return version
}
