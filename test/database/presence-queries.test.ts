import { expect, test } from 'vitest'
import { notePresence } from '../../src/database/presence-queries.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const gapMs = 5 * 60_000
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`)

forEachDatabase((databases) => {
  test('the last time without a service is known to all that look after it, until there is another', async () => {
    const { db } = await databases.open()
    expect(await notePresence(db, at('01:00'), gapMs)).toBeUndefined()
    expect(await notePresence(db, at('01:05'), gapMs)).toBeUndefined()
    const absence = { since: at('01:05'), until: at('03:00') }
    const both = await Promise.all([1, 2].map(() => notePresence(db, at('03:00'), gapMs)))
    expect(both).toEqual([absence, absence])
    expect(await notePresence(db, at('03:01'), gapMs)).toEqual(absence)
    expect(await notePresence(db, at('04:00'), gapMs)).toEqual({ since: at('03:01'), until: at('04:00') })
  })

  test('a clock that is behind another is no absence', async () => {
    const { db } = await databases.open()
    await notePresence(db, at('02:00'), gapMs)
    expect(await notePresence(db, at('01:00'), gapMs)).toBeUndefined()
    expect(await notePresence(db, at('02:01'), gapMs)).toBeUndefined()
  })
})
