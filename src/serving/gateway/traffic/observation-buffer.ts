import { counted } from '../../../shared/counted.ts'
import { coalesced } from './coalesced.ts'
import type { Batch, Recorded } from './recorded.ts'
import type { StoredCounts } from './store-recorded.ts'

/** Observations on their way to the database. */
export interface ObservationBuffer {
  add(recorded: Recorded): void
  /**
   * Resolves when all that was added before the call is stored.
   * @throws when it could not be; it stays here and is tried again
   */
  flush(): Promise<void>
  waiting(): number
  /** Given up so far, because there was no room or they could not be stored. */
  dropped(): number
  /** Stores what waits, once, and ends. */
  stop(): Promise<void>
}

interface BufferOptions {
  /** Uuid under which it stores, which no other does. */
  writer: string
  /** Stores a batch unless it is stored: after a failure the same one comes again. */
  store: (batch: Batch) => Promise<StoredCounts>
  /** @param unstored what came meanwhile */
  onStored: (stored: StoredCounts, unstored: readonly Recorded[]) => void
  /** Whether it is the observations that cannot be stored, and not the database that is away. */
  isHopeless: (error: unknown) => boolean
  note: (sentence: string) => void
  /** Longest that an observation waits while the database answers. */
  delayMs?: number
  /** What is kept while the database is away, beside a batch that failed; the oldest give way. */
  mostWaiting?: number
}

/** A long outage is not stored in one statement that takes seconds. */
const mostAtOnce = 5_000

/**
 * Gathers observations and stores them together, off the path of requests. A batch that failed may be stored nevertheless, as
 * when the connection is lost before the answer to its COMMIT: it is tried again as it was, before anything else.
 */
export function createObservationBuffer(options: BufferOptions): ObservationBuffer {
  const { writer, store, onStored, isHopeless, note, delayMs = 500, mostWaiting = 50_000 } = options
  const waiting: Recorded[] = []
  let failed: Batch | undefined
  let numbered = 0
  let timer: NodeJS.Timeout | undefined
  let dropped = 0
  let isAway = false

  async function storeAll(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (failed !== undefined) await storeBatch(failed)
    // Not until nothing waits: under load something always does.
    for (let left = waiting.length; left > 0; ) {
      const recorded = waiting.splice(0, Math.min(left, mostAtOnce))
      left -= recorded.length
      numbered += 1
      await storeBatch({ writer, number: numbered, recorded })
    }
    if (waiting.length > 0) arm()
  }

  async function storeBatch(batch: Batch): Promise<void> {
    failed = undefined
    try {
      onStored(await store(batch), waiting)
      if (isAway) note(`Observations are stored again; ${dropped} were lost.`)
      isAway = false
    } catch (error) {
      if (isHopeless(error)) {
        const { length } = batch.recorded
        drop(length, `${counted(length, 'observation')} cannot be stored: ${(error as Error).message}`)
        return
      }
      failed = batch
      if (!isAway) note(`Observations cannot be stored now and wait: ${(error as Error).message}`)
      isAway = true
      arm()
      throw error
    }
  }

  function drop(count: number, why: string): void {
    dropped += count
    note(why)
  }

  function makeRoom(): void {
    const most = mostWaiting - Math.ceil(mostWaiting / 10)
    const isFirst = dropped === 0
    dropped += waiting.splice(0, waiting.length - most).length
    if (isFirst) note(`More than ${mostWaiting} observations wait for the database: the oldest are dropped.`)
  }

  const flush = coalesced(storeAll)

  function arm(): void {
    timer ??= setTimeout(() => {
      // A failure was noted, and what could not be stored waits for the next time.
      flush().catch(() => undefined)
    }, delayMs).unref()
  }

  return {
    add(recorded) {
      waiting.push(recorded)
      if (waiting.length > mostWaiting) makeRoom()
      arm()
    },
    flush,
    waiting: () => waiting.length + (failed?.recorded.length ?? 0),
    dropped: () => dropped,
    async stop() {
      await flush().catch(() => undefined)
      clearTimeout(timer)
    },
  }
}
