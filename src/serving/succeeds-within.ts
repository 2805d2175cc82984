import { setTimeout as delay } from 'node:timers/promises'

/** Whether `work` succeeds within `ms` milliseconds. What fails or takes longer is false; it is not stopped by that. */
export async function succeedsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController()
  const succeeded = work.then(
    () => true,
    () => false,
  )
  const tooLate = delay(ms, false, { signal: over.signal }).catch(() => false)
  const result = await Promise.race([succeeded, tooLate])
  over.abort()
  return result
}
