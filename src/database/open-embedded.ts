import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../shared/user-error.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import { connectEmbedded, type EmbeddedConnection } from './connect-embedded.ts'
import type { Database, RawResult, SharedLocks } from './database.ts'
import { acquireEmbeddedLock } from './embedded-lock.ts'
import type { OpenDatabaseOptions } from './open-database.ts'
import { startEmbeddedThread } from './start-embedded-thread.ts'

/**
 * Opens the embedded database (PGlite) in `home`, which this process then owns until it closes it.
 * It has one connection: inside a transaction, a query on the outer `db` waits for ever.
 * @param listener `announce` hears in a sentence that the database has to be made first; `whileOpening` is called when its
 * thread is at work
 * @throws UserError when another process is the owner, or when the directory cannot be used.
 */
export async function openEmbedded(
  home: string,
  since: Date,
  { announce, whileOpening }: Pick<OpenDatabaseOptions, 'announce' | 'whileOpening'> = {},
  startThread = startEmbeddedThread,
): Promise<Database> {
  const lock = await acquireEmbeddedLock(home, since)
  try {
    // Only the owner makes it: whoever waits for the owner has nothing to announce, however often it tries.
    const directory = join(home, 'database')
    if (existsSync(directory)) assertVersion(directory)
    else announce?.(`Making the embedded database in ${home} (some seconds, once) …`)
    const thread = startThread(directory)
    const connecting = connectEmbedded(thread).catch((error: unknown) => {
      throw startFailure(error, home) ?? error
    })
    whileOpening?.()
    const [connection, { embeddedQueries }] = await Promise.all([connecting, import('./embedded-queries.ts')])
    return {
      db: embeddedQueries(connection),
      kind: 'embedded',
      runReadOnly: (statement) => runReadOnly(connection, statement),
      locks: locksOfOwner(),
      dump: () => connection.dump(),
      queueConnection: async () => {
        const { fromPglite } = await import('pg-boss')
        return { db: fromPglite(connection), backend: 'pglite' }
      },
      lost: thread.lost,
      close: async () => {
        try {
          await connection.close()
        } finally {
          lock.release()
        }
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** PGlite gives no reason when PostgreSQL in it does not start. */
function startFailure(error: unknown, home: string): WorkFailed | undefined {
  if (!(error instanceof Error) || !error.message.includes('failed to initialize')) return undefined
  const { bavail, bsize } = statfsSync(home)
  const freeMb = Math.floor((bavail * bsize) / 1_000_000)
  return new WorkFailed(
    `The embedded database in ${home} did not start, and says no reason. On the disk there are ${freeMb} MB free; it needs some 20. ` +
      'Make room if that is less; otherwise put a backup in its place: npx incumbent db restore',
    { cause: error },
  )
}

/** The major version of PostgreSQL that PGlite is. */
const ownVersion = '18'

function assertVersion(directory: string): void {
  const file = join(directory, 'PG_VERSION')
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none'
  if (version === ownVersion) return
  throw new UserError(
    `Expected a database of PostgreSQL ${ownVersion} in ${directory}, and found ${version === 'none' ? 'no database' : `one of ${version}`}. ` +
      'Move the directory away to start with an empty one, or name another with INCUMBENT_HOME.',
  )
}

async function runReadOnly(connection: EmbeddedConnection, statement: string): Promise<RawResult> {
  return connection.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION READ ONLY')
    const { fields, rows } = await transaction.query<unknown[]>(statement, [], { rowMode: 'array' })
    await transaction.rollback()
    return { columns: fields.map(({ name }) => name), rows }
  })
}

/** No other process can be here, so the locks are kept in memory. */
function locksOfOwner(): SharedLocks {
  const held = new Set<string>()
  return {
    tryLock: (name) => {
      if (held.has(name)) return Promise.resolve({ holder: `this process (${process.pid})` })
      held.add(name)
      const release = () => Promise.resolve(void held.delete(name))
      return Promise.resolve({ lost: new AbortController().signal, release })
    },
  }
}
