import { existsSync, renameSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { compileWasmOnce } from '../shared/compiled-code.ts'
import { checkpointWhereDue } from './checkpoint.ts'
import { durableFiles, durableParameters } from './durable-files.ts'
import { type EmbeddedSettings, type Reply, type Request, sentError } from './embedded-messages.ts'
import { syncEntries, syncFolder } from './sync-folder.ts'
import { valueParsers } from './value-parsers.ts'

/**
 * The thread in which the embedded database (PGlite) works, so that a query holds up nothing else: PGlite computes without
 * a pause until it has the answer. `startEmbeddedThread` starts it.
 */

const { directory, compileCache }: EmbeddedSettings = workerData
if (compileCache !== undefined) enableCompileCache(compileCache)

const settings = [
  // PGlite's own 128 MB are cleared at every start, which takes a tenth of a second, and fill for hours. What is read again
  // is read from the operating system's memory.
  'shared_buffers=16MB',
  'max_wal_size=64MB',
  'timezone=UTC',
]
/** Doing it again after a crash takes a second. */
const mostLogBytes = 32 * 1024 * 1024

/** Transactions begin and end by messages; PGlite has everything else wait meanwhile. */
const transactions = new Map<
  number,
  { transaction: Transaction; end: PromiseWithResolvers<void>; ended: Promise<void> }
>()

parentPort?.on('message', (request: Request) => void answer(request))

const opening = open()
// Whoever asks hears of it.
opening.catch(() => undefined)

async function answer(request: Request): Promise<void> {
  const { id } = request
  let reply: Reply
  try {
    reply = { id, result: await carried(await opening, request) }
  } catch (error) {
    reply = { id, error: sentError(error), isLast: isLast(error) }
  }
  parentPort?.postMessage(reply)
  if ('error' in reply && reply.isLast) process.exit(1)
  if (request.do === 'close') parentPort?.close()
}

/** PostgreSQL gave up, as when a disk is full: asked anything more, PGlite would compute for ever. */
function isLast(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true
  return error instanceof Error && 'severity' in error && (error.severity === 'PANIC' || error.severity === 'FATAL')
}

async function carried(pglite: PGlite, request: Request): Promise<unknown> {
  switch (request.do) {
    case 'open':
      return
    case 'query': {
      const { transaction, statement, parameters, rowMode } = request
      return within(pglite, transaction).query(statement, [...parameters], { rowMode })
    }
    case 'exec':
      return pglite.exec(request.statements)
    case 'begin':
      return begin(pglite, request.transaction)
    case 'commit': {
      const { end, ended } = taken(request.transaction)
      end.resolve()
      return ended
    }
    case 'rollback': {
      const { end, ended } = taken(request.transaction)
      end.reject(new Error('The transaction is rolled back.'))
      return ended.catch(() => undefined)
    }
    case 'dump': {
      // The archive is of one moment: the files are read in one go. What a transaction has not committed is not in it.
      await pglite.exec('CHECKPOINT')
      return new Uint8Array(await (await pglite.dumpDataDir('gzip')).arrayBuffer())
    }
    case 'close':
      return pglite.close()
  }
}

async function open(): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  compileWasmOnce()
  if (!existsSync(directory)) await create(PGlite)
  // There it is after a crash only.
  if (existsSync(join(directory, 'postmaster.pid'))) await syncFolder(directory)
  const pglite = await PGlite.create(directory, {
    parsers: { ...valueParsers },
    startParams: [...durableParameters(PGlite.defaultStartParams), ...settings.flatMap((setting) => ['-c', setting])],
    extensions: { durableFiles: durableFiles() },
  })
  setInterval(() => {
    checkpointWhereDue(pglite, mostLogBytes).catch((error: unknown) => {
      // Anything else comes again, and whoever writes hears what is wrong.
      if (isLast(error)) process.exit(1)
    })
  }, 60_000).unref()
  return pglite
}

/** PGlite takes seconds to make a database, and being killed meanwhile must not leave half a one under the final name. */
async function create(Database: typeof PGlite): Promise<void> {
  const unfinished = `${directory}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const pglite = await Database.create(unfinished)
  await pglite.close()
  await syncFolder(unfinished)
  renameSync(unfinished, directory)
  await syncEntries(dirname(directory))
}

async function begin(pglite: PGlite, id: number): Promise<void> {
  const begun = Promise.withResolvers<Transaction>()
  const end = Promise.withResolvers<void>()
  const ended = pglite.transaction(async (transaction) => {
    begun.resolve(transaction)
    await end.promise
  })
  // Where the database fails already at the beginning.
  ended.catch(begun.reject)
  transactions.set(id, { transaction: await begun.promise, end, ended })
}

function within(pglite: PGlite, id: number | undefined): Pick<PGlite, 'query'> {
  return id === undefined ? pglite : found(id).transaction
}

function taken(id: number): ReturnType<typeof found> {
  const transaction = found(id)
  transactions.delete(id)
  return transaction
}

function found(id: number) {
  const transaction = transactions.get(id)
  if (transaction === undefined) throw new Error(`There is no transaction ${id}.`)
  return transaction
}
