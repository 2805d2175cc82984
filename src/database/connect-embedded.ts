import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { PGlite as KyselyPGlite, PGliteQueryOptions, PGliteQueryResults, PGliteTransaction } from 'kysely'
import { wasmIsCompiledOnce } from '../shared/compiled-code.ts'
import { type EmbeddedSettings, type Reply, receivedError, type Work } from './embedded-messages.ts'

/** PGlite as Kysely and pg-boss use it, which works in a thread of its own. */
export interface EmbeddedConnection extends KyselyPGlite {
  exec(statements: string): Promise<{ rows: unknown[] }[]>
  /** The whole data directory, compressed. */
  dump(): Promise<Uint8Array>
}

/**
 * Starts the thread and opens the database of `directory` in it, or makes one there.
 * The process stays for as long as something is asked, and not for a connection that was only left open.
 * @throws what PGlite throws when it cannot open it
 */
export async function connectEmbedded(directory: string): Promise<EmbeddedConnection> {
  wasmIsCompiledOnce()
  const settings: EmbeddedSettings = { directory, compileCache: getCompileCacheDir() }
  // Options of the process, such as a module to load first, are not for the thread.
  const worker = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData: settings, execArgv: [] })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let asked = 0
  let begun = 0
  let ended: Error | undefined

  worker.unref()
  worker.on('message', (reply: Reply) => {
    const asker = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (waiting.size === 0) worker.unref()
    if ('error' in reply) asker?.reject(receivedError(reply.error))
    else asker?.resolve(reply.result)
  })
  const end = (error: Error) => {
    ended ??= error
    for (const asker of waiting.values()) asker.reject(ended)
    waiting.clear()
  }
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(new Error('The embedded database is closed.')))

  async function ask(work: Work): Promise<unknown> {
    if (ended !== undefined) throw ended
    const asker = Promise.withResolvers<unknown>()
    asked += 1
    if (waiting.size === 0) worker.ref()
    waiting.set(asked, asker)
    worker.postMessage({ ...work, id: asked })
    return asker.promise
  }

  function querying(transaction: number | undefined): KyselyPGlite['query'] {
    return async <T>(statement: string, parameters: unknown[] = [], { rowMode = 'object' }: PGliteQueryOptions = {}) =>
      (await ask({ do: 'query', transaction, statement, parameters, rowMode })) as PGliteQueryResults<T>
  }

  const connection: EmbeddedConnection = {
    ready: true,
    waitReady: Promise.resolve(),
    closed: false,
    query: querying(undefined),
    exec: async (statements) => (await ask({ do: 'exec', statements })) as { rows: unknown[] }[],
    async transaction(work) {
      begun += 1
      const transaction = begun
      await ask({ do: 'begin', transaction })
      let isRolledBack = false
      const rollback = async () => {
        isRolledBack = true
        await ask({ do: 'rollback', transaction })
      }
      const inside: PGliteTransaction = { query: querying(transaction), rollback }
      try {
        const result = await work(inside)
        if (!isRolledBack) await ask({ do: 'commit', transaction })
        return result
      } catch (error) {
        if (!isRolledBack) await rollback()
        throw error
      }
    },
    dump: async () => (await ask({ do: 'dump' })) as Uint8Array,
    async close() {
      connection.closed = true
      await ask({ do: 'close' })
    },
  }
  try {
    await ask({ do: 'open' })
    return connection
  } catch (error) {
    await worker.terminate()
    throw error
  }
}
