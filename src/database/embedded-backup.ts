import { existsSync, renameSync, rmSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { UserError } from '../shared/user-error.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { Database } from './database.ts'
import { acquireEmbeddedLock } from './embedded-lock.ts'
import { syncEntries, syncFolder } from './sync-folder.ts'

/**
 * Writes all that is in the embedded database into one file, whole or not at all; only its owner may read it.
 * @returns the size of the file in bytes
 * @throws UserError on a server, and for a file that is there already; WorkFailed when it cannot be written
 */
export async function backUp({ dump }: Database, file: string): Promise<number> {
  if (dump === undefined) throw useToolsOf('pg_dump --format=custom --file=incumbent.dump "$DATABASE_URL"')
  if (existsSync(file)) throw new UserError(`Expected a file that is not there yet, and ${file} is. Name another one.`)
  const content = await dump()
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw new WorkFailed(`The backup could not be written to ${file}: ${(error as Error).message}.`, { cause: error })
  }
  return content.length
}

/**
 * Puts the content of a backup in place of the embedded database in `home`, which is moved aside and not deleted.
 * @returns where the one before is now; undefined: there was none
 * @throws UserError when another process has the database, or the file is no backup; nothing was changed then
 */
export async function restore(home: string, file: string, now: Date): Promise<string | undefined> {
  const archive = await readFile(file).catch((error: Error) => {
    throw new UserError(`Expected a backup made by \`incumbent db backup\`, and could not read it: ${error.message}.`)
  })
  const lock = await acquireEmbeddedLock(home, now)
  const unfinished = join(home, 'database.restoring')
  try {
    rmSync(unfinished, { recursive: true, force: true })
    await unpack(archive, unfinished, file)
    await syncFolder(unfinished)
    const aside = putInPlace(unfinished, home, now)
    await syncEntries(home)
    return aside
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
    lock.release()
  }
}

async function unpack(archive: Buffer, directory: string, file: string): Promise<void> {
  try {
    // PGlite would unpack it too, but a broken file would end the process.
    const content = await gunzipped(archive)
    const pglite = await PGlite.create(directory, { loadDataDir: new Blob([content], { type: 'application/x-tar' }) })
    // A file that only looks like a backup opens as an empty database.
    await pglite.query('SELECT count(*) FROM schema_migrations')
    await pglite.close()
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : 'it is no database'
    throw new UserError(`Expected a backup made by \`incumbent db backup\`, and ${file} is none (${reason}).`)
  }
}

const gunzipped = promisify(gunzip)

function putInPlace(restored: string, home: string, now: Date): string | undefined {
  const database = join(home, 'database')
  const aside = existsSync(database) ? `${database}.before-${now.toISOString().replaceAll(':', '-')}` : undefined
  if (aside !== undefined) renameSync(database, aside)
  renameSync(restored, database)
  return aside
}

export function useToolsOf(command: string): UserError {
  return new UserError(`The database is on a PostgreSQL server: use the tools of PostgreSQL, such as\n  ${command}`)
}
