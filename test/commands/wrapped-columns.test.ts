import { expect, test } from 'vitest'
import { wrapped, wrappedColumns } from '../../src/commands/wrapped-columns.ts'

test('texts are broken at spaces, long words behind a point or an underscore', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrapped('structured_data.salary_range.min', 20)).toEqual(['structured_data.', 'salary_range.min'])
  expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  expect(wrapped('', 4)).toEqual([''])
})

test('what is too long for its lines ends in …', () => {
  expect(wrapped('one two three four', 5, 2)).toEqual(['one', 'two …'])
})

test('columns stand beside each other, each wrapped to its own width', () => {
  expect(wrappedColumns([['a b', 'one two three', 'x']], [3, 7, 1], 4)).toBe('a b  one two  x\n     three')
})
