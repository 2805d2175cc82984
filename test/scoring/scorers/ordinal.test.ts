import { describe, expect, test } from 'vitest'
import { ordinal } from '../../../src/scoring/scorers/ordinal.ts'

const numbers = { span: 4, levels: undefined }
const words = { span: 3, levels: ['junior', 'medium', 'senior', 'lead'] }

describe('ordinal', () => {
  test('loses a share for every level that the answer is away, and all from the span on', () => {
    expect([5, 6, 7, 8, 9, 10, 1].map((answer) => ordinal(5, answer, numbers))).toEqual([1, 0.75, 0.5, 0.25, 0, 0, 0])
  })

  test('levels may be words in their order', () => {
    expect(ordinal('senior', 'Senior', words)).toBe(1)
    expect(ordinal('senior', 'lead', words)).toBeCloseTo(2 / 3)
    expect(ordinal('lead', 'junior', words)).toBe(0)
  })

  test('a number as text is a number', () => {
    expect(ordinal(5, '5', numbers)).toBe(1)
  })

  test.each(['five', null, [5], { level: 5 }, true, '5/10'])('%j is no level', (answer) => {
    expect(ordinal(5, answer, numbers)).toBe(0)
  })

  test.each(['principal', 3, null])('%j is none of the words', (answer) => {
    expect(ordinal('senior', answer, words)).toBe(0)
  })
})
