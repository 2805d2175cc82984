import type { CostQuestion, Horizon } from './cost-projection.ts'

export const horizonDays: Record<Horizon, number> = { today: 1, month: 30, year: 365 }

/** Twelve of them are the year. */
export const daysOfMonth = 365 / 12

type Demand = Pick<CostQuestion, 'from' | 'requestsPerDay' | 'growthPerMonth'>

/** Requests of a day: they grow a little every day, so that twelve months make twelve times the growth of a month. */
export function requestsOn({ requestsPerDay, growthPerMonth }: Demand, day: number): number {
  return requestsPerDay * (1 + growthPerMonth) ** (day / daysOfMonth)
}

/** Requests of the first days together. */
export function requestsOver(demand: Demand, days: number): number {
  return sumOver(days, (day) => requestsOn(demand, day))
}

/**
 * Requests of the first days together, by the price that holds then.
 * @param starts the first day of each price as an ISO date, in order; that of the first does not matter
 * @returns one number for each price
 */
export function requestsByPrice(demand: Demand, days: number, starts: readonly string[]): number[] {
  const requests = starts.map(() => 0)
  for (let day = 0; day < days; day += 1) {
    const price = priceOn(dateOf(demand.from, day), starts)
    requests[price] = (requests[price] ?? 0) + requestsOn(demand, day)
  }
  return requests
}

/** Number of the price that holds on a day. */
export function priceOn(date: string, starts: readonly string[]): number {
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= date),
  )
}

/** The ISO date so many days later. */
export function dateOf(from: string, day: number): string {
  return new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10)
}

function sumOver(days: number, value: (day: number) => number): number {
  let sum = 0
  for (let day = 0; day < days; day += 1) sum += value(day)
  return sum
}
