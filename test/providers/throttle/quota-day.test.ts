import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMemoryDayCounter } from '../../../src/providers/throttle/day-counter.ts'
import { quotaDayOf } from '../../../src/providers/throttle/quota-day.ts'

describe('the day of a quota', () => {
  test.each([
    ['an ordinary day', '2026-11-22T01:00:00Z', '2026-11-21', '2026-11-22T08:00:00.000Z'],
    ['its first moment', '2026-11-22T08:00:00Z', '2026-11-22', '2026-11-23T08:00:00.000Z'],
    ['the day of 23 hours', '2026-03-08T12:00:00Z', '2026-03-08', '2026-03-09T07:00:00.000Z'],
    ['the day of 25 hours', '2026-11-01T12:00:00Z', '2026-11-01', '2026-11-02T08:00:00.000Z'],
  ])('%s ends at midnight in California', (_name, now, day, endsAt) => {
    expect(quotaDayOf(new Date(now))).toEqual({ day, endsAt: new Date(endsAt) })
  })

  test('contains every moment before its end, and the next begins there', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, (now) => {
        const { day, endsAt } = quotaDayOf(now)
        expect(endsAt.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
        expect(quotaDayOf(new Date(endsAt.getTime() - 1)).day).toBe(day)
        expect(quotaDayOf(endsAt).day > day).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

test('requests are counted per key and per day', async () => {
  const counter = createMemoryDayCounter()
  const now = new Date('2026-11-22T01:00:00Z')
  const later = new Date('2026-11-22T08:00:00Z')
  expect(await counter.take('gemini/a', 1, now)).toBe('ok')
  expect(await counter.take('gemini/a', 1, now)).toEqual({ retryAt: later })
  expect(await counter.take('gemini/b', 1, now)).toBe('ok')
  expect(await counter.take('gemini/a', 1, later)).toBe('ok')
})
