import { expect, test } from 'vitest'
import {
  listAlerts,
  type NewAlert,
  noteReminder,
  openAlert,
  raiseAlert,
  resolveAlert,
  takeUnroutedAlerts,
} from '../../src/database/alert-queries.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const raisedAt = new Date('2026-11-22T01:00:00Z')
const later = new Date('2026-11-22T05:00:00Z')

function alertOf(change: Partial<NewAlert> = {}): NewAlert {
  const about = { tier: undefined, model: undefined, evaluationId: undefined, raisedAt }
  return { kind: 'quota', severity: 'warning', subject: 'No requests left', message: 'Wait.', ...about, ...change }
}

forEachDatabase((databases) => {
  test('an event has one open alert; when it is over, it may come again', async () => {
    const { db } = await databases.open()
    const quota = alertOf({ key: 'quota:gemini' })
    expect(await openAlert(db, quota)).toBe(true)
    expect(await openAlert(db, quota)).toBe(false)
    expect(await openAlert(db, alertOf({ key: 'quota:openai' }))).toBe(true)
    expect(await listAlerts(db, 9, { openOnly: true })).toHaveLength(2)

    expect(await resolveAlert(db, 'quota:gemini', { at: later, message: 'A new day.' })).toBe(true)
    expect(await resolveAlert(db, 'quota:gemini', { at: later, message: 'A new day.' })).toBe(false)
    expect(await listAlerts(db, 9, { openOnly: true })).toMatchObject([{ key: 'quota:openai' }])
    expect((await listAlerts(db, 9))[1]).toMatchObject({ resolvedAt: later, resolution: 'A new day.' })

    expect(await openAlert(db, quota)).toBe(true)
  })

  test('alerts without a key are events of their own and never open', async () => {
    const { db } = await databases.open()
    await raiseAlert(db, alertOf())
    await raiseAlert(db, alertOf())
    expect(await listAlerts(db, 9)).toHaveLength(2)
    expect(await listAlerts(db, 9, { openOnly: true })).toEqual([])
  })

  test('of two that route alerts, each alert goes to one; of two that remind, one does', async () => {
    const { db } = await databases.open()
    await openAlert(db, alertOf({ key: 'slot:report' }))
    const taken = await Promise.all([takeUnroutedAlerts(db, later), takeUnroutedAlerts(db, later)])
    expect(taken.flat()).toMatchObject([{ key: 'slot:report' }])

    const [alert] = taken.flat()
    if (alert === undefined) throw new Error('no alert was taken')
    expect(await noteReminder(db, alert, later)).toBe(true)
    expect(await noteReminder(db, alert, later)).toBe(false)
  })
})
