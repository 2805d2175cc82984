import { type Clock, systemClock } from '../../shared/clock.ts'

/** The time of the demo: weeks pass in seconds, and afterwards it goes on as on any clock. */
export interface DemoClock extends Clock {
  /** Does nothing where it is later already. */
  moveTo(time: Date): void
  /** From now on time passes by itself. */
  run(): void
}

/** A pause for the good of others, where there are none. */
const shortMs = 1_000

interface Sleeper {
  dueMs: number
  wake: () => void
}

/** A clock that stands still until it is moved. Short pauses move it, and whoever sleeps longer wakes when it gets there. */
export function createDemoClock(start: Date): DemoClock {
  let nowMs = start.getTime()
  let runningSinceMs: number | undefined
  const sleepers = new Set<Sleeper>()

  function moveTo(time: Date): void {
    nowMs = Math.max(nowMs, time.getTime())
    for (const sleeper of sleepers) {
      if (sleeper.dueMs > nowMs) continue
      sleepers.delete(sleeper)
      sleeper.wake()
    }
  }

  function sleepUntil(dueMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { dueMs, wake: resolve }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', () => {
        if (sleepers.delete(sleeper)) reject(signal.reason)
      })
    })
  }

  return {
    now: () => new Date(nowMs + (runningSinceMs === undefined ? 0 : performance.now() - runningSinceMs)),
    async sleep(ms, signal) {
      if (runningSinceMs !== undefined) return systemClock.sleep(ms, signal)
      signal?.throwIfAborted()
      if (ms > shortMs) return sleepUntil(nowMs + ms, signal)
      moveTo(new Date(nowMs + ms))
    },
    moveTo,
    run() {
      runningSinceMs ??= performance.now()
    },
  }
}
