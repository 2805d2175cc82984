import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** Which batch of observations it is, to be told when it is sent again. */
export interface BatchNumber {
  /** Uuid of the process that has gathered it. */
  writer: string
  /** Of its writer, from 1; a writer stores a batch only when the one before is stored or given up. */
  number: number
}

/**
 * First part of storing a batch of observations: marks it as stored. While an earlier try is still being committed, as after
 * a connection was lost, it waits for the end of that.
 * @returns whether it is to be stored; false: it was
 */
export async function claimBatch(trx: Transaction<Tables>, batch: BatchNumber, now: Date): Promise<boolean> {
  const claimed = await trx
    .insertInto('observation_writers')
    .values({ writer: batch.writer, last_batch: batch.number, stored_at: now })
    .onConflict((conflict) =>
      conflict
        .column('writer')
        .doUpdateSet({ last_batch: batch.number, stored_at: now })
        .where('observation_writers.last_batch', '<', sql<number>`excluded.last_batch`),
    )
    .returning('last_batch')
    .executeTakeFirst()
  return claimed !== undefined
}

/** Forgets writers that have stored nothing since a time: their processes are gone. */
export async function deleteWriters(db: Kysely<Tables>, before: Date): Promise<void> {
  await db.deleteFrom('observation_writers').where('stored_at', '<', before).execute()
}
