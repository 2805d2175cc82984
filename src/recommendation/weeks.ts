import type { Call } from '../analysis/calls.ts'
import type { Week } from '../analysis/evaluation-records.ts'
import { failureShare } from '../analysis/item-scores.ts'
import { isBelow } from '../analysis/statistics/tolerance.ts'

/** The weeks of the calls. Calls without a week are of one week, null. */
export function weeksOf(calls: readonly Call[]): Set<Week> {
  return new Set(calls.map(({ week }) => week))
}

/** The weeks in which fewer than `limit` (a share) of the calls failed. */
export function healthyWeeksOf(calls: readonly Call[], limit: number, tolerance: number): Set<Week> {
  const byWeek = Map.groupBy(calls, ({ week }) => week)
  const healthy = [...byWeek].filter(([, own]) => isBelow(failureShare(own), limit, tolerance))
  return new Set(healthy.map(([week]) => week))
}

/** Null when no call has a week. Weeks are all numbers or all texts, which sort by code point. */
export function latestWeekOf(calls: readonly Call[]): Week {
  return calls.reduce<Week>(
    (latest, { week }) => (latest === null || (week !== null && week > latest) ? week : latest),
    null,
  )
}

export function weeksInBoth(one: ReadonlySet<Week>, other: ReadonlySet<Week>): Set<Week> {
  return new Set([...one].filter((week) => other.has(week)))
}

export function inWeeks(calls: readonly Call[], weeks: ReadonlySet<Week>): Call[] {
  return calls.filter(({ week }) => weeks.has(week))
}
