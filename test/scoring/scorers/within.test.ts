import { describe, expect, test } from 'vitest'
import { within } from '../../../src/scoring/scorers/within.ts'

const exact = { tolerance: 0, absolute: 0 }

describe('within', () => {
  test('without tolerance only the same number counts', () => {
    expect(within(120_000, 120_000, exact)).toBe(1)
    expect(within(120_000, 120_001, exact)).toBe(0)
    expect(within(0, 0, exact)).toBe(1)
  })

  test.each(['120000', '120,000', ' 120,000.00 ', '+120000'])('reads %j as the number 120,000', (text) => {
    expect(within(120_000, text, exact)).toBe(1)
    expect(within(text, 120_000, exact)).toBe(1)
  })

  test.each(['$120,000', '120k', '12,00', '1,20,000', '', 'about 120000', true, null, [120_000], { value: 120_000 }])(
    'does not guess what %j means',
    (answer) => {
      expect(within(120_000, answer, exact)).toBe(0)
    },
  )

  test('allows the larger of the relative and the absolute tolerance, its edge included', () => {
    expect(within(100, 110, { tolerance: 0.1, absolute: 0 })).toBe(1)
    expect(within(-100, -110, { tolerance: 0.1, absolute: 0 })).toBe(1)
    expect(within(100, 110.1, { tolerance: 0.1, absolute: 0 })).toBe(0)
    expect(within(0.1, 0.3, { tolerance: 0, absolute: 0.2 })).toBe(1)
    expect(within(100, 115, { tolerance: 0.1, absolute: 20 })).toBe(1)
  })

  test('a number too large for a computer is none', () => {
    expect(within(1, Number.POSITIVE_INFINITY, { tolerance: 1, absolute: 1 })).toBe(0)
  })
})
