import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { setF1 } from '../../../src/scoring/scorers/set-f1.ts'

const options = { aliases: undefined }

describe('set-f1', () => {
  test('costs what is too much as what is missing', () => {
    expect(setF1(['a', 'b'], ['b', 'a'], options)).toBe(1)
    expect(setF1(['a', 'b'], ['a'], options)).toBeCloseTo(2 / 3)
    expect(setF1(['a'], ['a', 'b'], options)).toBeCloseTo(2 / 3)
    expect(setF1(['a'], ['b'], options)).toBe(0)
  })

  test('duplicates, case and aliases do not count', () => {
    expect(setF1(['On call'], ['on call', 'ON  CALL'], options)).toBe(1)
    expect(setF1(['JavaScript'], ['js'], { aliases: new Map([['js', 'javascript']]) })).toBe(1)
  })

  test('numbers and booleans are items too, and not their words', () => {
    expect(setF1([1, true], [true, 1], options)).toBe(1)
    expect(setF1([1], ['1'], options)).toBe(0)
  })

  test('nothing expected: naming nothing is right and naming something is wrong', () => {
    expect(setF1([], [], options)).toBe(1)
    expect(setF1([], ['a'], options)).toBe(0)
    expect(setF1([], [null], options)).toBe(0)
    expect(setF1(['a'], [], options)).toBe(0)
  })

  test('what is no list scores 0, and an entry that is no item counts as too much', () => {
    expect(setF1(['a'], 'a', options)).toBe(0)
    expect(setF1(['a'], { 0: 'a' }, options)).toBe(0)
    expect(setF1(['a'], ['a', {}], options)).toBeCloseTo(2 / 3)
  })

  test('is the same in both directions and between 0 and 1', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    fc.assert(
      fc.property(items, items, (one, other) => {
        const score = setF1(one, other, options)
        expect(score).toBe(setF1(other, one, options))
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })
})
