import { describe, expect, test } from 'vitest'
import { equal } from '../../../src/scoring/scorers/equal.ts'

const plain = { aliases: undefined }

describe('equal', () => {
  test.each([
    ['finance', 'finance'],
    ['Full  Time', ' full time\n'],
    ['ﬁnance', 'finance'],
    [3, 3],
    [false, false],
  ])('takes %j and %j for the same', (target, answer) => {
    expect(equal(target, answer, plain)).toBe(1)
  })

  test.each([
    ['finance', 'financial services'],
    [3, '3'],
    [true, 'true'],
    [false, 0],
    ['a', ['a']],
    ['a', { a: 1 }],
    [0, ''],
  ])('takes %j and %j for different', (target, answer) => {
    expect(equal(target, answer, plain)).toBe(0)
  })

  test('takes names for the same that the alias table says are', () => {
    const aliases = new Map([
      ['js', 'javascript'],
      ['javascript', 'javascript'],
    ])
    expect(equal('JavaScript', 'JS', { aliases })).toBe(1)
    expect(equal('JavaScript', 'Java', { aliases })).toBe(0)
  })
})
