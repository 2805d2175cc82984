import type { Kysely, Selectable } from 'kysely'
import type { Pin } from '../rollout/rollout.ts'
import type { Tables } from './tables.ts'

export type TierPin = Pin & { tier: number }

/** The pins that hold, by tier. */
export async function loadPins(db: Kysely<Tables>): Promise<TierPin[]> {
  const rows = await db.selectFrom('tier_pins').selectAll().where('unpinned_at', 'is', null).orderBy('tier').execute()
  return rows.map(toPin)
}

export async function loadPin(db: Kysely<Tables>, tier: number): Promise<TierPin | undefined> {
  const row = await db
    .selectFrom('tier_pins')
    .selectAll()
    .where('tier', '=', tier)
    .where('unpinned_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? undefined : toPin(row)
}

/** Pins the seat of a tier to the model that holds it. A tier has one pin: a second changes nothing. */
export async function pinTier(db: Kysely<Tables>, pin: TierPin): Promise<'pinned' | 'pinned-already'> {
  const pinned = await db
    .insertInto('tier_pins')
    .values({ tier: pin.tier, model_name: pin.model, pinned_by: pin.by, reason: pin.reason, pinned_at: pin.at })
    .onConflict((conflict) => conflict.column('tier').where('unpinned_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return pinned === undefined ? 'pinned-already' : 'pinned'
}

export async function unpinTier(
  db: Kysely<Tables>,
  tier: number,
  { by, reason, at }: Pick<Pin, 'by' | 'reason' | 'at'>,
): Promise<'unpinned' | 'not-pinned'> {
  const unpinned = await db
    .updateTable('tier_pins')
    .set({ unpinned_by: by, unpin_reason: reason, unpinned_at: at })
    .where('tier', '=', tier)
    .where('unpinned_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return unpinned === undefined ? 'not-pinned' : 'unpinned'
}

function toPin(row: Selectable<Tables['tier_pins']>): TierPin {
  return { tier: row.tier, model: row.model_name, by: row.pinned_by, reason: row.reason, at: row.pinned_at }
}
