import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { wasmIsCompiledOnce } from '../shared/compiled-code.ts'
import { type EmbeddedSettings, type Reply, receivedError, type Work } from './embedded-messages.ts'

/** The thread of an embedded database, as the one that asks sees it. */
export interface EmbeddedThread {
  /** @throws what was thrown in the thread, or why there is none any more */
  ask(work: Work): Promise<unknown>
  terminate(): Promise<unknown>
}

/** The process stays for as long as something is asked, and not for a thread that only waits. */
export function startEmbeddedThread(directory: string): EmbeddedThread {
  wasmIsCompiledOnce()
  const settings: EmbeddedSettings = { directory, compileCache: getCompileCacheDir() }
  // Options of the process, such as a module to load first, are not for the thread.
  const worker = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData: settings, execArgv: [] })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let asked = 0
  let ended: Error | undefined

  worker.unref()
  worker.on('message', (reply: Reply) => {
    const asker = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (waiting.size === 0) worker.unref()
    if ('error' in reply) asker?.reject(receivedError(reply.error))
    else asker?.resolve(reply.result)
  })
  const end = (reason: string, cause?: unknown) => {
    ended ??= new Error(`The embedded database ${reason}`, { cause })
    for (const asker of waiting.values()) asker.reject(ended)
    waiting.clear()
  }
  worker.on('error', (error) =>
    end(`ended by itself: ${error instanceof Error ? error.message : String(error)}`, error),
  )
  worker.on('exit', (code) => end(code === 0 ? 'is closed.' : `ended by itself (exit code ${code}).`))

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
    terminate: () => worker.terminate(),
  }
}
