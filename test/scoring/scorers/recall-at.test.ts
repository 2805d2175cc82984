import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recallAt } from '../../../src/scoring/scorers/recall-at.ts'

const options = { k: undefined, factor: 1.5, aliases: undefined }
const everything = Array.from({ length: 501 }, (_, index) => `skill ${index}`)

describe('recall-at', () => {
  test('is the share of the expected items that were named', () => {
    expect(recallAt(['SQL', 'Python', 'Go', 'Rust'], ['Python', 'SQL'], options)).toBe(0.5)
    expect(recallAt(['SQL', 'Python'], ['Python', 'SQL'], options)).toBe(1)
  })

  test('case, white space and aliases do not count', () => {
    const aliases = new Map([['js', 'javascript']])
    expect(recallAt(['JavaScript', 'Wound care'], ['JS', ' wound  CARE'], { ...options, aliases })).toBe(1)
  })

  test('naming everything does not pay', () => {
    expect(recallAt(['skill 499', 'skill 500'], everything, options)).toBe(0)
    expect(recallAt(['skill 0', 'skill 500'], everything, options)).toBe(0.5)
  })

  test('only the first k different items count: target items times the factor, rounded up', () => {
    const target = ['a', 'b', 'c']
    expect(recallAt(target, ['x', 'y', 'a', 'b', 'c'], options)).toBe(1)
    expect(recallAt(target, ['x', 'y', 'z', 'a', 'b', 'c'], options)).toBeCloseTo(2 / 3)
    expect(recallAt(target, ['x', 'a', 'b', 'c'], { ...options, factor: 1 })).toBeCloseTo(2 / 3)
  })

  test('a product that floating point makes a little too large is not rounded up', () => {
    const target = Array.from({ length: 10 }, (_, index) => `t${index}`)
    const late = [...Array.from({ length: 11 }, (_, index) => `x${index}`), 't0']
    expect(recallAt(target, late, { ...options, factor: 1.1 })).toBe(0)
  })

  test('a duplicate takes no place and gives nothing', () => {
    expect(recallAt(['a', 'b'], ['a', 'A', ' a', 'b'], { ...options, k: 2 })).toBe(1)
    expect(recallAt(['a', 'b'], ['a', 'a', 'a'], options)).toBe(0.5)
  })

  test('with a k below the number of target items, k right ones are full', () => {
    expect(recallAt(['a', 'b', 'c'], ['c', 'a'], { ...options, k: 2 })).toBe(1)
  })

  test('nothing expected: naming nothing is right and naming something is wrong', () => {
    expect(recallAt([], [], options)).toBe(1)
    expect(recallAt([], ['a'], options)).toBe(0)
    expect(recallAt(['a'], [], options)).toBe(0)
  })

  test.each(['a', 3, true, { a: 'a' }, [['a']], [{ skill: 'a' }], [null]])('%j names nothing', (answer) => {
    expect(recallAt(['a'], answer, options)).toBe(0)
  })

  test('what is no item still takes a place', () => {
    expect(recallAt(['a', 'b'], [null, {}, 'a', 'b'], { ...options, k: 3 })).toBe(0.5)
  })

  test('an answer with items added at its end never scores more than one with the same items alone', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }),
        fc.array(fc.string()),
        (target, more) => {
          expect(recallAt(target, target, options)).toBe(1)
          expect(recallAt(target, [...target, ...more], options)).toBe(1)
          expect(recallAt(target, [...more, ...target], options)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})
