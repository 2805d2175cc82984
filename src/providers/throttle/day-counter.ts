import { quotaDayOf } from './quota-day.ts'

/** Counts the requests of a day, for all processes that share a provider. */
export interface DayCounter {
  /**
   * Takes one of the day's requests.
   * @returns `ok`, or when the next day begins if the limit is used up
   */
  take(key: string, limit: number, now: Date): Promise<'ok' | { retryAt: Date }>
}

/** Counts in this process only. */
export function createMemoryDayCounter(): DayCounter {
  const counts = new Map<string, { day: string; taken: number }>()
  return {
    async take(key, limit, now) {
      const { day, endsAt } = quotaDayOf(now)
      const known = counts.get(key)
      const count = known?.day === day ? known : { day, taken: 0 }
      if (count.taken >= limit) return { retryAt: endsAt }
      counts.set(key, { day, taken: count.taken + 1 })
      return 'ok'
    },
  }
}
