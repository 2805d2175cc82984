import type { Generated } from '../../../providers/provider.ts'
import type { AnsweredStream } from '../answerer.ts'

type Pieces = AnsweredStream['pieces']

/** Times of a stream in milliseconds that the model took; the client's are not in them. */
export interface StreamTimes {
  modelMs: number
  firstPieceMs: number
}

/** Told once how a stream ended that had begun. */
export interface StreamWatcher {
  ended(generated: Generated, times: StreamTimes): void
  failed(error: unknown, times: StreamTimes): void
  /** Nobody wanted the rest. */
  left: (times: StreamTimes) => void
}

/**
 * Waits for the first piece, so that until then another model can take over, and passes the stream on.
 * @returns the whole answer, where the stream ended without a piece
 * @throws what the stream throws before its first piece
 */
export async function watchStream(
  source: Pieces,
  watcher: StreamWatcher,
): Promise<{ pieces: Pieces } | { generated: Generated }> {
  let modelMs = 0
  let isOver = false

  async function pull(): ReturnType<Pieces['next']> {
    const startedMs = performance.now()
    try {
      return await source.next()
    } finally {
      modelMs += performance.now() - startedMs
    }
  }

  function over(tell: (times: StreamTimes) => void): void {
    if (isOver) return
    isOver = true
    tell({ modelMs, firstPieceMs })
  }

  let first: Awaited<ReturnType<Pieces['next']>> | undefined = await pull()
  const firstPieceMs = modelMs
  if (first.done === true) {
    const generated = first.value
    over((times) => watcher.ended(generated, times))
    return { generated }
  }

  async function next(): ReturnType<Pieces['next']> {
    if (first !== undefined) {
      const piece = first
      first = undefined
      return piece
    }
    try {
      const result = await pull()
      if (result.done === true) over((times) => watcher.ended(result.value, times))
      return result
    } catch (error) {
      over((times) => watcher.failed(error, times))
      throw error
    }
  }

  async function close(): Promise<void> {
    over(watcher.left)
    await source.return(undefined as never)
  }

  // By hand: a generator function whose first piece nobody asked for would not see that it was ended.
  const pieces: Pieces = {
    next,
    async return(value) {
      await close()
      return { done: true, value: await value }
    },
    async throw(error) {
      await close()
      throw error
    },
    [Symbol.asyncIterator]: () => pieces,
    [Symbol.asyncDispose]: close,
  }
  return { pieces }
}
