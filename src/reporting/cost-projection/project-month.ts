import { studentQuantile } from '../../analysis/statistics/student-t.ts'

/** What one model cost on one day, for one purpose. */
export interface DailySpend {
  /** ISO date in UTC. */
  day: string
  model: string
  purpose: 'test' | 'live' | 'shadow'
  /** Of the calls of known cost; null: there is none. */
  costUsd: number | null
}

/** US dollars. */
export interface MonthProjection {
  soFarUsd: number
  /** Null: no call has a known cost. */
  projectedUsd: number | null
  /** 95 %; null: fewer than three whole days of live use. */
  ci95: [number, number] | null
}

const dayMs = 86_400_000
const daysOfWeek = 7
const fewestDays = 3

/** The first day, an ISO date, that the projection of a month looks at. */
export function firstDayOfProjection(now: Date): string {
  return dayOf(Math.min(startOfMonth(now), now.getTime() - daysOfWeek * dayMs))
}

/**
 * The month in UTC, if its days to come are like the last seven: with as many requests a day as since the first of them, and
 * as many tests a week.
 */
export function projectMonth(spend: readonly DailySpend[], now: Date): MonthProjection {
  const soFarUsd = sumOf(spend.filter(({ day }) => day >= dayOf(startOfMonth(now))))
  if (isUnknown(spend)) return { soFarUsd, projectedUsd: null, ci95: null }
  const left = (endOfMonth(now) - now.getTime()) / dayMs
  const tests = sumOf(ofLastWeek(spend, now).filter(({ purpose }) => purpose === 'test')) / daysOfWeek
  const live = ofLastWeek(spend, now).filter(({ purpose }) => purpose !== 'test')
  const projectedUsd = soFarUsd + left * (tests + sumOf(live) / elapsedDays(live, now))
  const half = halfWidth(wholeDays(live, now), left)
  if (half === undefined) return { soFarUsd, projectedUsd, ci95: null }
  return { soFarUsd, projectedUsd, ci95: [Math.max(soFarUsd, projectedUsd - half), projectedUsd + half] }
}

/** What was spent for a purpose in the last seven days, today included; null where no cost of it is known. */
export function weekSpend(spend: readonly DailySpend[], purpose: DailySpend['purpose'], now: Date): number | null {
  const own = ofLastWeek(spend, now).filter((each) => each.purpose === purpose)
  return isUnknown(own) ? null : sumOf(own)
}

function ofLastWeek(spend: readonly DailySpend[], now: Date): DailySpend[] {
  const first = dayOf(now.getTime() - (daysOfWeek - 1) * dayMs)
  return spend.filter(({ day }) => day >= first)
}

function isUnknown(spend: readonly DailySpend[]): boolean {
  return spend.length > 0 && spend.every(({ costUsd }) => costUsd === null)
}

function sumOf(spend: readonly DailySpend[]): number {
  return spend.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
}

/** Since the first day with a request, a part of today included; at least one. */
function elapsedDays(live: readonly DailySpend[], now: Date): number {
  const [first] = live.map(({ day }) => day).toSorted()
  return first === undefined ? 1 : Math.max(1, (now.getTime() - Date.parse(first)) / dayMs)
}

/** The cost of each whole day since the one after the first request; a day without a request cost nothing. */
function wholeDays(live: readonly DailySpend[], now: Date): number[] {
  const [first] = live.map(({ day }) => day).toSorted()
  if (first === undefined) return []
  const today = Date.parse(dayOf(now.getTime()))
  const days = Math.max(0, Math.round((today - Date.parse(first)) / dayMs) - 1)
  return Array.from({ length: days }, (_, index) => {
    return sumOf(live.filter(({ day }) => day === dayOf(today - (index + 1) * dayMs)))
  })
}

/** Of the sum over the days to come: the mean of the days is uncertain, and each of them differs. */
function halfWidth(days: readonly number[], left: number): number | undefined {
  const n = days.length
  if (n < fewestDays) return undefined
  const mean = days.reduce((sum, usd) => sum + usd, 0) / n
  const variance = days.reduce((sum, usd) => sum + (usd - mean) ** 2, 0) / (n - 1)
  return studentQuantile(0.975, n - 1) * Math.sqrt(variance * (left + left ** 2 / n))
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function startOfMonth(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)
}

function endOfMonth(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)
}
