import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { UserError } from '../shared/user-error.ts'
import { EmbeddedInUse } from './embedded-in-use.ts'

/** The right to use the embedded database of one directory. It ends with `release` or with the process, however it ends. */
export interface EmbeddedLock {
  release(): void
}

/**
 * Makes this process the owner of `home`, which is created when it is missing.
 *
 * The lock is that of an SQLite file in which nothing is ever written: the operating system holds it for the process,
 * grants it to one, frees it at once when that process dies, and all of it holds between containers which share the
 * directory. (Two owners of a PGlite directory destroy it silently, a pid file alone is a race, and a socket that is left
 * behind cannot be taken over without one.) Beside it `owner.json` tells people who the owner is. The owner may replace
 * anything else in the directory, such as a socket that a dead owner left behind.
 * @param since time that the message for others names
 * @throws EmbeddedInUse when another process is the owner; UserError when the directory cannot be used
 */
export async function acquireEmbeddedLock(home: string, since: Date): Promise<EmbeddedLock> {
  const file = openLockFile(home)
  try {
    // A journal in memory, or SQLite leaves an empty one in the directory.
    file.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE')
  } catch (error) {
    file.close()
    throw isBusy(error) ? await inUse(home) : new UserError(cannotLock(home, error))
  }
  try {
    writeOwner(home, { pid: process.pid, host: hostname(), since: since.toISOString(), command: commandLine() })
  } catch (error) {
    file.close()
    throw notWritable(home, error)
  }
  return {
    release: () => {
      if (!file.isOpen) return
      rmSync(ownerFile(home), { force: true })
      file.close()
    },
  }
}

const ownerSchema = z.object({ pid: z.number(), host: z.string(), since: z.string(), command: z.string() })
type Owner = z.infer<typeof ownerSchema>

function openLockFile(home: string): DatabaseSync {
  try {
    mkdirSync(home, { recursive: true })
    return new DatabaseSync(join(home, 'database.lock'))
  } catch (error) {
    throw notWritable(home, error)
  }
}

function notWritable(home: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error)
  return new UserError(
    `Expected a directory for the embedded database that can be written, and ${home} is none (${reason}). ` +
      'Name another one with INCUMBENT_HOME, or set DATABASE_URL to a PostgreSQL server.',
  )
}

/** SQLITE_BUSY with all its extended codes. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === 5
}

async function inUse(home: string): Promise<EmbeddedInUse> {
  const owner = await readOwner(home)
  const who = owner === undefined ? 'by another process' : describeOwner(owner)
  const message =
    `${home} is in use ${who}. One process at a time can use the embedded database: ` +
    'wait until it has ended, or set DATABASE_URL to a PostgreSQL server, which any number can use.'
  return new EmbeddedInUse(home, message, owner)
}

function describeOwner({ pid, host, since, command }: Owner): string {
  const place = host === hostname() ? '' : ` on host ${host}`
  return `by process ${pid}${place} since ${since} (started with: ${command})`
}

function cannotLock(home: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return (
    `${home} cannot be locked (${reason}): its file system may know no locks. Name a directory on a local disk ` +
    'with INCUMBENT_HOME, or set DATABASE_URL to a PostgreSQL server.'
  )
}

function ownerFile(home: string): string {
  return join(home, 'owner.json')
}

function writeOwner(home: string, owner: Owner): void {
  const unfinished = `${ownerFile(home)}.${owner.pid}`
  writeFileSync(unfinished, `${JSON.stringify(owner, undefined, 2)}\n`)
  renameSync(unfinished, ownerFile(home))
}

/** The owner writes its file just after it got the lock, so a missing file may be there a moment later. */
async function readOwner(home: string): Promise<Owner | undefined> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      return ownerSchema.parse(JSON.parse(readFileSync(ownerFile(home), 'utf8')))
    } catch {
      await delay(20)
    }
  }
  return undefined
}

function commandLine(): string {
  const [, script = 'node', ...words] = process.argv
  return [basename(script), ...words].join(' ')
}
