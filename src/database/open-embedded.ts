import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { UserError } from '../shared/user-error.ts'
import type { Database, RawResult, SharedLocks } from './database.ts'
import { acquireEmbeddedLock } from './embedded-lock.ts'
import type { Tables } from './tables.ts'
import { valueParsers } from './value-parsers.ts'

/**
 * Opens the embedded database (PGlite) in `home`, which this process then owns until it closes it.
 * It has one connection: inside a transaction, a query on the outer `db` waits for ever.
 * @param announce hears in a sentence that the database has to be made first
 * @throws UserError when another process is the owner, or when the directory cannot be used.
 */
export async function openEmbedded(home: string, since: Date, announce?: (text: string) => void): Promise<Database> {
  const lock = await acquireEmbeddedLock(home, since)
  try {
    // Only the owner makes it: whoever waits for the owner has nothing to announce, however often it tries.
    if (!existsSync(join(home, 'database')))
      announce?.(`Making the embedded database in ${home} (some seconds, once) …`)
    const pglite = await openDirectory(join(home, 'database'))
    return {
      db: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }),
      kind: 'embedded',
      runReadOnly: (statement) => runReadOnly(pglite, statement),
      locks: locksOfOwner(),
      dump: () => dump(pglite),
      queueConnection: async () => {
        const { fromPglite } = await import('pg-boss')
        return { db: fromPglite(pglite), backend: 'pglite' }
      },
      close: async () => {
        if (!pglite.closed) await pglite.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openDirectory(directory: string): Promise<PGlite> {
  compileOnce()
  if (existsSync(directory)) assertVersion(directory)
  else await createDirectory(directory)
  const pglite = await PGlite.create(directory, {
    parsers: { ...valueParsers },
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffers}`],
  })
  await pglite.exec("SET TIME ZONE 'UTC'")
  return pglite
}

/**
 * PGlite's own 128 MB are cleared at every start, which takes a tenth of a second, and fill for hours. What is read again
 * is read from the operating system's memory.
 */
const sharedBuffers = '16MB'

/** Compiling some of PGlite's functions a second time, for speed, would take V8 half a gigabyte. */
function compileOnce(): void {
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}

/** PGlite takes seconds to make a database, and being killed meanwhile must not leave half a one under the final name. */
async function createDirectory(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const pglite = await PGlite.create(unfinished)
  await pglite.close()
  renameSync(unfinished, directory)
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

/** The archive is of one moment: the files are read in one go. What a transaction has not committed is not in it. */
async function dump(pglite: PGlite): Promise<Blob> {
  await pglite.exec('CHECKPOINT')
  return pglite.dumpDataDir('gzip')
}

function runReadOnly(pglite: PGlite, statement: string): Promise<RawResult> {
  return pglite.transaction(async (transaction) => {
    await transaction.exec('SET TRANSACTION READ ONLY')
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
