import { setTimeout as delay } from 'node:timers/promises'

/** Where time comes from. Whatever decides something gets its `now` from here, never from the system. */
export interface Clock {
  now(): Date
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      // Node.js rejects with an error of its own.
      signal?.throwIfAborted()
      throw error
    }
  },
}
