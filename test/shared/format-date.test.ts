import { expect, test } from 'vitest'
import { dayAndMonth, longDate, timeOfDay } from '../../src/shared/format-date.ts'

const at = new Date('2026-09-13T22:41:00Z')

test('dates are those of the time zone that is stated', () => {
  expect(dayAndMonth(at, 'UTC')).toBe('13 Sep')
  expect(dayAndMonth(at, 'Europe/Vienna')).toBe('14 Sep')
  expect(longDate(at, 'Europe/Vienna')).toBe('Monday 14 September 2026')
  expect(timeOfDay(at, 'Europe/Vienna')).toBe('00:41')
})

test('a date of another year says so', () => {
  expect(dayAndMonth(at, 'UTC', 2027)).toBe('13 Sep 2026')
})
