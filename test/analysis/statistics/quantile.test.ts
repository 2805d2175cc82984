import { describe, expect, test } from 'vitest'
import { quantile } from '../../../src/analysis/statistics/quantile.ts'
import { expectClose, guards } from '../decision-fixtures.ts'

const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('quantiles interpolate between order statistics (type 7)', () => {
  test('they equal the reference', () => {
    for (const { x, q, y } of guards.quantile7) expectClose(quantile(x, q), y)
  })

  test('p95 of 1 to 100 is 95.05, and of [1, 2] half is 1.5', () => {
    expect(quantile(oneTo(100), 0.95)).toBeCloseTo(95.05, 10)
    expect(quantile([1, 2], 0.5)).toBe(1.5)
  })

  test('one outlier of 20 is not the p95', () => {
    const times = [...oneTo(19).map(() => 1000), 30_000]
    expect(quantile(times, 0.95)).toBeCloseTo(2450, 10)
  })

  test('a single value is every quantile, and there is none of nothing', () => {
    expect(quantile([7], 0.99)).toBe(7)
    expect(quantile([], 0.5)).toBeUndefined()
  })
})
