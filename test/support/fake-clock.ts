import type { Clock } from '../../src/shared/clock.ts'

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves the time on; sleepers wake in the order of their times, and what they then do is done before the next wakes. */
  advance(ms: number): Promise<void>
  /** How many sleep now. */
  sleepers(): number
  /** All sleeps that were begun, in milliseconds. */
  sleeps: number[]
}

interface Sleeper {
  dueMs: number
  wake: () => void
}

export const fakeStart = new Date('2026-11-22T01:00:00Z')

/** @param skipsSleep every sleep ends at once, with the time moved on by it: for code that talks to a real server */
export function createFakeClock({ start = fakeStart, skipsSleep = false } = {}): FakeClock {
  let nowMs = start.getTime()
  const sleepers = new Set<Sleeper>()
  const sleeps: number[] = []

  async function advance(ms: number): Promise<void> {
    const endMs = nowMs + ms
    await settled()
    for (;;) {
      const next = [...sleepers].sort((a, b) => a.dueMs - b.dueMs)[0]
      if (next === undefined || next.dueMs > endMs) break
      nowMs = next.dueMs
      sleepers.delete(next)
      next.wake()
      await settled()
    }
    nowMs = endMs
    await settled()
  }

  return {
    now: () => new Date(nowMs),
    advance,
    sleepers: () => sleepers.size,
    sleeps,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      sleeps.push(ms)
      if (skipsSleep) {
        nowMs += ms
        return
      }
      await new Promise<void>((resolve, reject) => {
        const sleeper = { dueMs: nowMs + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          reject(signal.reason)
        })
      })
    },
  }
}

/** After everything that was already possible has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
