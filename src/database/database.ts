import type { Kysely } from 'kysely'
import type { ConstructorOptions } from 'pg-boss'
import type { Tables } from './tables.ts'

/** An open database. Queries take its `db`, or the transaction of one. */
export interface Database {
  db: Kysely<Tables>
  kind: 'embedded' | 'server'
  /**
   * Runs one statement of a person in a READ ONLY transaction, which is rolled back. Use `queryReadOnly`.
   * @throws the error of PostgreSQL
   */
  runReadOnly(statement: string): Promise<RawResult>
  /** Locks of this process that others on the same database see. Use `holdTier` and `holdCycle`. */
  locks: SharedLocks
  /** All that is in it now, as one compressed archive; undefined on a server, whose own tools do that while it grows. */
  dump: (() => Promise<Uint8Array>) | undefined
  /** How pg-boss reaches it. */
  queueConnection(): Promise<QueueConnection>
  /** Aborted with the reason when the embedded database ended by itself; undefined on a server, to which one connects anew. */
  lost?: AbortSignal
  close(): Promise<void>
}

export type QueueConnection = Pick<ConstructorOptions, 'db' | 'backend' | 'connectionString' | 'max' | 'createSchema'>

export interface RawResult {
  columns: string[]
  rows: unknown[][]
}

/** Locks that end when they are released, when the database is closed, and when the process dies. */
export interface SharedLocks {
  tryLock(name: string): Promise<SharedLock | { holder: string }>
}

export interface SharedLock {
  /** Aborted when the lock was lost, because the connection to the server was. */
  lost: AbortSignal
  release(): Promise<void>
}
