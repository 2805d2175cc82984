import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** Carries `act` in the transaction that `db` is, or in a new one. */
export function inTransaction<T>(db: Kysely<Tables>, act: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.isTransaction ? act(db as Transaction<Tables>) : db.transaction().execute(act)
}
