import { expect, test } from 'vitest'
import { counted, countedOf } from '../../src/shared/counted.ts'

test('one of a thing is told in the singular, any other number in the plural', () => {
  expect(counted(1, 'sample')).toBe('1 sample')
  expect([0, 2, 1200].map((number) => counted(number, 'entry', 'entries'))).toEqual([
    '0 entries',
    '2 entries',
    '1,200 entries',
  ])
  expect(countedOf(1, 1, 'call')).toBe('1 of 1 call')
})
