import type { Clock } from '../shared/clock.ts'

export interface CachedPerKey<T> {
  /** The value of a key, loaded when there is none that is young enough. Rejects as `load` does, or on abort. */
  get(key: string, signal: AbortSignal): Promise<T>
  /** Whether `get` would begin no load. */
  has(key: string): boolean
}

interface Entry<T> {
  value: Promise<T>
  loadedAtMs: number
  /** Of the caller that began the load: its abort is no failure for those who wait for the same value. */
  signal: AbortSignal
}

/**
 * Remembers what was loaded for a key. Callers that come while it is being loaded wait for the same load; a load that
 * failed is forgotten, so that the next caller tries again.
 */
export function createCachedPerKey<T>(
  load: (key: string, signal: AbortSignal) => Promise<T>,
  { clock, maxAgeMs }: { clock: Clock; maxAgeMs: number },
): CachedPerKey<T> {
  const entries = new Map<string, Entry<T>>()

  function youngEntry(key: string): Entry<T> | undefined {
    const entry = entries.get(key)
    return entry === undefined || clock.now().getTime() - entry.loadedAtMs > maxAgeMs ? undefined : entry
  }

  function start(key: string, signal: AbortSignal): Promise<T> {
    const entry = { value: load(key, signal), loadedAtMs: clock.now().getTime(), signal }
    entries.set(key, entry)
    entry.value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key)
    })
    return entry.value
  }

  async function get(key: string, signal: AbortSignal): Promise<T> {
    const entry = youngEntry(key)
    if (entry === undefined) return start(key, signal)
    try {
      return await unlessAborted(entry.value, signal)
    } catch (error) {
      if (signal.aborted || !entry.signal.aborted) throw error
      return get(key, signal)
    }
  }

  return { get, has: (key) => youngEntry(key) !== undefined }
}

function unlessAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
