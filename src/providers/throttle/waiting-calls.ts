import type { Clock } from '../../shared/clock.ts'
import type { Entry, Pass } from './gate-entry.ts'

export interface Waiting extends Entry {
  letIn(pass: Pass): void
  turnAway(reason: unknown): void
}

/** Calls before a gate, in the order in which they came; those that somebody waits for have a queue of their own. */
export interface WaitingCalls {
  live: ReadonlySet<Waiting>
  others: ReadonlySet<Waiting>
  size(): number
  /** Resolves when it is let in; rejects when it is turned away, aborted, or has waited for as long as it may. */
  join(entry: Entry): Promise<Pass>
}

/** @param changed called when a call has come, and when one has gone by itself */
export function createWaitingCalls(clock: Clock, changed: () => void): WaitingCalls {
  const live = new Set<Waiting>()
  const others = new Set<Waiting>()

  function join(entry: Entry): Promise<Pass> {
    const queue = entry.live === undefined ? others : live
    return new Promise((resolve, reject) => {
      const over = new AbortController()
      function leave(): void {
        queue.delete(call)
        entry.signal.removeEventListener('abort', abort)
        over.abort()
      }
      const call: Waiting = {
        ...entry,
        letIn(pass) {
          leave()
          resolve(pass)
        },
        turnAway(reason) {
          leave()
          reject(reason)
        },
      }
      function goAway(reason: unknown): void {
        if (!queue.has(call)) return
        call.turnAway(reason)
        changed()
      }
      const abort = () => goAway(entry.signal.reason)
      entry.signal.addEventListener('abort', abort, { once: true })
      queue.add(call)
      changed()
      if (entry.live === undefined || !queue.has(call)) return
      const { maxWaitMs, tooLong } = entry.live
      clock.sleep(maxWaitMs, over.signal).then(
        () => goAway(tooLong(undefined)),
        () => undefined,
      )
    })
  }

  return { live, others, size: () => live.size + others.size, join }
}
