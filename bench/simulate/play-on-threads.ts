import { Worker } from 'node:worker_threads'
import type { Observation } from './scenario.ts'
import type { Chunk } from './simulate.ts'

/** Plays all chunks on `threads` workers; scenario → its observations, in the order of the runs. */
export async function playOnThreads(
  chunks: readonly Chunk[],
  seed: number,
  threads: number,
  onChunk: (done: number) => void,
): Promise<Map<string, Observation[]>> {
  const results = new Map<Chunk, Observation[]>()
  // One iterator shared by all workers: each takes the next chunk when it is done with one.
  const queue = chunks.values()
  await Promise.all(
    Array.from({ length: threads }, async () => {
      await using player = startPlayer(seed)
      for (const chunk of queue) {
        results.set(chunk, await player.play(chunk))
        onChunk(results.size)
      }
    }),
  )
  const byScenario = Map.groupBy(chunks, ({ scenario }) => scenario)
  return new Map([...byScenario].map(([name, own]) => [name, own.flatMap((chunk) => results.get(chunk) ?? [])]))
}

function startPlayer(seed: number) {
  const worker = new Worker(new URL('./player.ts', import.meta.url), { workerData: { seed } })
  return {
    play: (chunk: Chunk) =>
      new Promise<Observation[]>((resolve, reject) => {
        worker.removeAllListeners()
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.postMessage(chunk)
      }),
    [Symbol.asyncDispose]: async () => {
      await worker.terminate()
    },
  }
}
