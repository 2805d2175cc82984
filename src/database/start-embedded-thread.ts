import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { type EmbeddedSettings, type Reply, receivedError, type Work } from './embedded-messages.ts'

/** The thread of an embedded database, as the one that asks sees it. */
export interface EmbeddedThread {
  /** @throws what was thrown in the thread, or why there is none any more */
  ask(work: Work): Promise<unknown>
  /** Aborted with the reason when it ended and nobody had closed it. */
  lost: AbortSignal
  terminate(): Promise<unknown>
}

/** The process stays for as long as something is asked, and not for a thread that only waits. */
export function startEmbeddedThread(directory: string): EmbeddedThread {
  const settings: EmbeddedSettings = { directory, compileCache: getCompileCacheDir() }
  // Options of the process, such as a module to load first, are not for the thread.
  const worker = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData: settings, execArgv: [] })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const lost = new AbortController()
  let asked = 0
  let ended: Error | undefined

  worker.unref()
  worker.on('message', (reply: Reply) => {
    const asker = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (waiting.size === 0) worker.unref()
    if (!('error' in reply)) return asker?.resolve(reply.result)
    const error = receivedError(reply.error)
    asker?.reject(error)
    if (reply.isLast) endByItself(messageOf(error), error)
  })
  const end = (error: Error) => {
    ended ??= error
    for (const asker of waiting.values()) asker.reject(ended)
    waiting.clear()
  }
  const endByItself = (reason: string, cause?: unknown) => {
    end(new Error(`The embedded database ended by itself: ${reason}`, { cause }))
    lost.abort(ended)
  }
  worker.on('error', (error) => endByItself(messageOf(error), error))
  worker.on('exit', (code) => {
    if (code === 0) end(new Error('The embedded database is closed.'))
    else endByItself(`exit code ${code}`)
  })

  return {
    async ask(work) {
      if (ended !== undefined) throw ended
      asked += 1
      // What cannot be sent is thrown here, and nobody waits for it.
      worker.postMessage({ ...work, id: asked })
      const asker = Promise.withResolvers<unknown>()
      if (waiting.size === 0) worker.ref()
      waiting.set(asked, asker)
      return asker.promise
    },
    lost: lost.signal,
    terminate: () => worker.terminate(),
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
