import { type Kysely, sql } from 'kysely'
import { type Delivery, type DeliveryChannel, isUnfinished, toDelivery } from './delivery-queries.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

export interface Claim {
  channel: DeliveryChannel
  now: Date
  /** Until then no other process takes them. */
  holdUntil: Date
  limit: number
  /** Only these; undefined: all. */
  keys?: readonly string[] | undefined
}

/**
 * Takes what is due, the oldest first, and counts the try: of two processes one gets a message. One that a process took and
 * never finished is due again at `holdUntil`, and comes as `tries` > 1.
 */
export async function claimDeliveries(
  db: Kysely<Tables>,
  { channel, now, holdUntil, limit, keys }: Claim,
): Promise<Delivery[]> {
  const rows = await db
    .updateTable('deliveries')
    .set({ status: 'sending', tries: sql<number>`tries + 1`, next_try_at: holdUntil })
    .where('id', 'in', (query) => {
      const due = query
        .selectFrom('deliveries')
        .select('id')
        .where(isUnfinished)
        .where('channel', '=', channel)
        .where('next_try_at', '<=', now)
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked()
      return keys === undefined ? due : due.where('key', 'in', keys)
    })
    .returningAll()
    .execute()
  return rows.map(toDelivery).sort((one, other) => one.id - other.id)
}

export type DeliveryChange = Partial<
  Pick<
    Delivery,
    'status' | 'nextTryAt' | 'lastError' | 'reference' | 'partlyRefused' | 'sentWith' | 'subject' | 'sentAt' | 'tries'
  >
>

/**
 * Changes what is named of a delivery, for whoever claimed it last; an undefined value clears it.
 * @returns false: another process has taken it over, and nothing was changed
 */
export async function updateClaimed(
  db: Kysely<Tables>,
  { id, tries }: Pick<Delivery, 'id' | 'tries'>,
  change: DeliveryChange,
): Promise<boolean> {
  const updated = await db
    .updateTable('deliveries')
    .set({
      ...('status' in change ? { status: change.status } : {}),
      ...('tries' in change ? { tries: change.tries } : {}),
      ...('nextTryAt' in change ? { next_try_at: change.nextTryAt ?? null } : {}),
      ...('lastError' in change ? { last_error: change.lastError ?? null } : {}),
      ...('reference' in change ? { reference: change.reference ?? null } : {}),
      ...('partlyRefused' in change ? { partly_refused: toJsonText(change.partlyRefused ?? []) } : {}),
      ...('sentWith' in change ? { sent_with: change.sentWith ?? null } : {}),
      ...('subject' in change ? { subject: change.subject ?? null } : {}),
      ...('sentAt' in change ? { sent_at: change.sentAt ?? null } : {}),
    })
    .where('id', '=', id)
    .where('status', '=', 'sending')
    // Each claim counts up, so that the number tells it from later ones.
    .where('tries', '=', tries)
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}

/** What waits for its next try is due now. */
export async function makeDue(db: Kysely<Tables>, keys: readonly string[], now: Date): Promise<void> {
  if (keys.length === 0) return
  await db
    .updateTable('deliveries')
    .set({ next_try_at: now })
    .where('key', 'in', keys)
    .where('status', '=', 'waiting')
    .execute()
}
