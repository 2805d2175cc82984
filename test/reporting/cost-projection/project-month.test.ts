import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type DailySpend,
  firstDayOfProjection,
  projectMonth,
  weekSpend,
} from '../../../src/reporting/cost-projection/project-month.ts'

/** The middle of a month of 30 days. */
const now = new Date('2026-11-16T00:00:00Z')
const spend = (day: number, costUsd: number | null, purpose: DailySpend['purpose'] = 'live'): DailySpend => {
  return { day: `2026-11-${String(day).padStart(2, '0')}`, model: 'a', purpose, costUsd }
}
const days = (costs: readonly number[]) => costs.map((usd, index) => spend(15 - index, usd))

test('a month goes on as its last seven days did', () => {
  const even = projectMonth(days([2, 2, 2, 2, 2, 2, 2]), now)
  expect(even.soFarUsd).toBe(14)
  expect(even.projectedUsd).toBeCloseTo(14 + 15 * 2, 0)
  expect(even.ci95).not.toBeNull()
})

test('tests come once a week, live requests every day since the first of them', () => {
  expect(projectMonth([spend(15, 7, 'test')], now).projectedUsd).toBeCloseTo(7 + 15)
  expect(projectMonth([spend(14, 3), spend(15, 3)], now).projectedUsd).toBeCloseTo(6 + 15 * 3)
})

test('what was spent before the month counts for its pace only', () => {
  const early = new Date('2026-11-01T00:00:00Z')
  const { soFarUsd, projectedUsd } = projectMonth([{ ...spend(1, 7, 'test'), day: '2026-10-31' }], early)
  expect(soFarUsd).toBe(0)
  expect(projectedUsd).toBeCloseTo(30)
  expect(firstDayOfProjection(early)).toBe('2026-10-25')
  expect(firstDayOfProjection(now)).toBe('2026-11-01')
})

test('nothing spent is 0, and a cost that nobody knows is unknown', () => {
  expect(projectMonth([], now)).toEqual({ soFarUsd: 0, projectedUsd: 0, ci95: null })
  expect(projectMonth([spend(15, null)], now).projectedUsd).toBeNull()
  expect(weekSpend([spend(15, null)], 'live', now)).toBeNull()
  expect(weekSpend([spend(15, null)], 'test', now)).toBe(0)
})

test('two days say nothing of how much days differ', () => {
  expect(projectMonth(days([1, 3]), now).ci95).toBeNull()
})

test('the projection is never below what is spent, and lies in its interval', () => {
  const amounts = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 15 })
  fc.assert(
    fc.property(amounts, (costs) => {
      const { soFarUsd, projectedUsd, ci95 } = projectMonth(days(costs), now)
      expect(projectedUsd).toBeGreaterThanOrEqual(soFarUsd)
      if (ci95 === null || projectedUsd === null) return
      expect(ci95[0]).toBeGreaterThanOrEqual(soFarUsd)
      expect(ci95[0]).toBeLessThanOrEqual(projectedUsd + 1e-9)
      expect(ci95[1]).toBeGreaterThanOrEqual(projectedUsd)
    }),
  )
})
