import { expect, test } from 'vitest'
import { createDayCounter } from '../../src/database/day-counter.ts'
import { quotaDayOf } from '../../src/providers/throttle/quota-day.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const noon = new Date('2026-11-22T20:00:00Z')
const nextDay = new Date('2026-11-23T20:00:00Z')

forEachDatabase((databases) => {
  test('two processes together take no more requests than the day has, and are told when the next day begins', async () => {
    const { db } = await databases.open()
    const one = createDayCounter(db, quotaDayOf)
    const other = createDayCounter(db, quotaDayOf)
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? one : other).take('gemini/flash', 5, noon)),
    )
    expect(taken.filter((answer) => answer === 'ok')).toHaveLength(5)
    expect(taken.find((answer) => answer !== 'ok')).toEqual({ retryAt: new Date('2026-11-23T08:00:00Z') })
  })

  test('another model and another day have a count of their own', async () => {
    const { db } = await databases.open()
    const counter = createDayCounter(db, quotaDayOf)
    expect(await counter.take('gemini/pro', 1, noon)).toBe('ok')
    expect(await counter.take('gemini/pro', 1, noon)).not.toBe('ok')
    expect(await counter.take('gemini/flash', 1, noon)).toBe('ok')
    expect(await counter.take('gemini/pro', 1, nextDay)).toBe('ok')
  })
})
