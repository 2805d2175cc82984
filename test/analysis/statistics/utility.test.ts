import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utility } from '../../../src/analysis/statistics/utility.ts'
import { expectClose, guards } from '../decision-fixtures.ts'

describe('utility of a time or a price', () => {
  test('equals the reference', () => {
    for (const { x, ref, span, u } of guards.utility) expectClose(utility(x, ref, span), u)
  })

  test('halving a time is worth 25 points at a span of 4, wherever the time lies', () => {
    expect(utility(2000, 2000, 4) - utility(4000, 2000, 4)).toBeCloseTo(25, 10)
    expect(utility(750, 2000, 4) - utility(1500, 2000, 4)).toBeCloseTo(25, 10)
  })

  test('less is never worse, and it stays between 0 and 100', () => {
    const amount = fc.double({ min: 0, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const [better, worse] = [utility(Math.min(one, other), 2000, 4), utility(Math.max(one, other), 2000, 4)]
        expect(better).toBeGreaterThanOrEqual(worse)
        expect(better).toBeLessThanOrEqual(100)
        expect(worse).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('a reference of 0 is refused instead of giving everybody the same', () => {
    expect(() => utility(1000, 0, 4)).toThrow('A reference must be finite and above 0, got 0.')
    expect(() => utility(1000, Number.NaN, 4)).toThrow(RangeError)
    expect(() => utility(1000, 2000, 1)).toThrow('The span of a utility must be above 1, got 1.')
  })
})
