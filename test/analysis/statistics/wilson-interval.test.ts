import { describe, expect, test } from 'vitest'
import { wilsonInterval } from '../../../src/analysis/statistics/wilson-interval.ts'
import { expectClose, guards } from '../decision-fixtures.ts'

describe("Wilson's interval of a rate", () => {
  test('equals the reference', () => {
    for (const { k, n, ci } of guards.wilson) expectClose(wilsonInterval(k, n), ci)
  })

  test('no failure in 20 still leaves up to 16 % possible', () => {
    const [low, high] = wilsonInterval(0, 20) ?? []
    expect(low).toBe(0)
    expect(high).toBeCloseTo(0.161, 3)
  })

  test('there is none without trials', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined()
  })
})
