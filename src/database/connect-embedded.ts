import type { PGlite as KyselyPGlite, PGliteQueryOptions, PGliteQueryResults, PGliteTransaction } from 'kysely'
import type { EmbeddedThread } from './start-embedded-thread.ts'

/** PGlite as Kysely and pg-boss use it, which works in a thread of its own. */
export interface EmbeddedConnection extends KyselyPGlite {
  exec(statements: string): Promise<{ rows: unknown[] }[]>
  /** The whole data directory, compressed. */
  dump(): Promise<Uint8Array>
}

/**
 * Waits until the thread has opened its database, or has made one.
 * @throws what PGlite throws when it cannot; the thread has ended then
 */
export async function connectEmbedded(thread: EmbeddedThread): Promise<EmbeddedConnection> {
  try {
    await thread.ask({ do: 'open' })
    return connectionTo(thread)
  } catch (error) {
    await thread.terminate()
    throw error
  }
}

type Asking = Pick<EmbeddedThread, 'ask'>

function connectionTo(thread: Asking): EmbeddedConnection {
  let begun = 0
  let closing: Promise<unknown> | undefined
  return {
    ready: true,
    waitReady: Promise.resolve(),
    get closed() {
      return closing !== undefined
    },
    query: querying(thread, undefined),
    exec: async (statements) => (await thread.ask({ do: 'exec', statements })) as { rows: unknown[] }[],
    transaction(work) {
      begun += 1
      return transact(thread, begun, work)
    },
    dump: async () => (await thread.ask({ do: 'dump' })) as Uint8Array,
    async close() {
      closing ??= thread.ask({ do: 'close' })
      await closing
    },
  }
}

function querying(thread: Asking, transaction: number | undefined): KyselyPGlite['query'] {
  return async <T>(statement: string, parameters: unknown[] = [], { rowMode = 'object' }: PGliteQueryOptions = {}) =>
    (await thread.ask({ do: 'query', transaction, statement, parameters, rowMode })) as PGliteQueryResults<T>
}

async function transact<T>(
  thread: Asking,
  transaction: number,
  work: (inside: PGliteTransaction) => Promise<T>,
): Promise<T> {
  let isOpen = true
  const end = async (how: 'commit' | 'rollback') => {
    isOpen = false
    await thread.ask({ do: how, transaction })
  }
  const begin = thread.ask({ do: 'begin', transaction })
  // Kysely waits for ever for a `work` that is not called: of a database that fails already here its first query hears.
  await begin.catch(() => undefined)
  const query = querying(thread, transaction)
  try {
    const result = await work({
      query: async <R>(...asked: Parameters<typeof query>) => {
        await begin
        return query<R>(...asked)
      },
      rollback: () => end('rollback'),
    })
    await begin
    if (isOpen) await end('commit')
    return result
  } catch (error) {
    // Told is what went wrong first; a COMMIT that failed has ended the transaction too.
    if (isOpen) await end('rollback').catch(() => undefined)
    throw error
  }
}
