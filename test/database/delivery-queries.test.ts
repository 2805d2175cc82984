import { expect, test } from 'vitest'
import { claimDeliveries, updateClaimed } from '../../src/database/delivery-claims.ts'
import {
  deliveryBacklog,
  insertDeliveries,
  listDeliveries,
  type NewDelivery,
  sendAgain,
} from '../../src/database/delivery-queries.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const createdAt = new Date('2026-11-22T03:00:00Z')
const holdUntil = new Date('2026-11-22T03:05:00Z')

function deliveryOf(key: string): NewDelivery {
  return { key, channel: 'slack', recipient: '#models', kind: 'trial', createdAt }
}

forEachDatabase((databases) => {
  test('a message is queued once, and of several processes one gets it', async () => {
    const { db } = await databases.open()
    const keys = Array.from({ length: 20 }, (_, index) => `trial:${index}:slack`)
    expect(await insertDeliveries(db, keys.map(deliveryOf))).toHaveLength(20)
    expect(await insertDeliveries(db, keys.map(deliveryOf))).toEqual([])

    const claim = () => claimDeliveries(db, { channel: 'slack', now: createdAt, holdUntil, limit: 8 })
    const claimed = (await Promise.all([claim(), claim(), claim()])).flat()
    expect(new Set(claimed.map(({ key }) => key)).size).toBe(claimed.length)
    expect([...claimed, ...(await claim())].map(({ key }) => key).sort()).toEqual(keys.sort())
  })

  test('what a process took and never finished is due again after a while, and counted', async () => {
    const { db } = await databases.open()
    await insertDeliveries(db, [deliveryOf('trial:1:slack')])
    const claim = (now: Date) =>
      claimDeliveries(db, { channel: 'slack', now, holdUntil: new Date(now.getTime() + 300_000), limit: 8 })
    expect(await claim(createdAt)).toMatchObject([{ status: 'sending', tries: 1 }])
    expect(await claim(new Date(holdUntil.getTime() - 1))).toEqual([])
    const [again] = await claim(holdUntil)
    expect(again).toMatchObject({ tries: 2 })
    expect(await deliveryBacklog(db)).toEqual(new Map([['slack', { waiting: 1, oldest: createdAt }]]))

    const sent = { status: 'sent', nextTryAt: undefined, sentAt: holdUntil, reference: 'C1/1.2' } as const
    const id = again?.id ?? 0
    expect(await updateClaimed(db, { id, tries: 1 }, { lastError: 'the first process, too late' })).toBe(false)
    expect(await updateClaimed(db, { id, tries: 2 }, sent)).toBe(true)
    expect(await listDeliveries(db, 9)).toMatchObject([sent])
    expect(await deliveryBacklog(db)).toEqual(new Map())
  })

  test('what was given up is sent again as a message of its own', async () => {
    const { db } = await databases.open()
    const [queued] = await insertDeliveries(db, [{ ...deliveryOf('report:1:slack'), kind: 'trial' }])
    const id = queued?.id ?? 0
    expect(await sendAgain(db, id, holdUntil)).toBeUndefined()
    await claimDeliveries(db, { channel: 'slack', now: createdAt, holdUntil, limit: 1 })
    await updateClaimed(db, { id, tries: 1 }, { status: 'failed', nextTryAt: undefined, lastError: 'invalid_auth' })
    expect(await sendAgain(db, id, holdUntil)).toMatchObject({ status: 'waiting', tries: 0 })
    expect(await listDeliveries(db, 9, { status: 'waiting' })).toMatchObject([
      { key: 'report:1:slack again 2026-11-22T03:05:00.000Z', recipient: '#models', createdAt: holdUntil },
    ])
  })
})
