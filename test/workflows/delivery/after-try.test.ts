import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SendResult } from '../../../src/delivery/sender.ts'
import { afterTry, isAlarming, pauseAfter, recipientsLeft } from '../../../src/workflows/delivery/after-try.ts'
import { deliveryOf } from './example-delivery.ts'

const now = new Date('2026-11-22T03:00:10Z')
const retry: SendResult = { status: 'retry', reason: 'Slack asks to wait', afterMs: undefined, reference: undefined }
const failed: SendResult = { status: 'failed', reason: 'No such channel', refused: [] }
const sent: SendResult = { status: 'sent', reference: 'C1/1.2', missing: undefined, refused: [] }
const minuteMs = 60_000

function refused(address: string, isFinal: boolean) {
  return { address, answer: `${isFinal ? 550 : 451} no`, isFinal }
}

describe('a message that was tried', () => {
  test('is sent when it arrived, with what of it is missing', () => {
    expect(afterTry(deliveryOf(), { ...sent, missing: 'Its pictures.' }, now)).toMatchObject({
      status: 'sent',
      sentAt: now,
      nextTryAt: undefined,
      reference: 'C1/1.2',
      lastError: 'Its pictures.',
    })
  })

  test('waits longer each time, up to half an hour, and as long as the server asks', () => {
    expect([1, 2, 3, 5, 6, 20].map(pauseAfter)).toEqual([1, 2, 4, 16, 30, 30].map((minutes) => minutes * minuteMs))
    const asked = afterTry(deliveryOf(), { ...retry, afterMs: 7 * minuteMs }, now)
    expect(asked).toMatchObject({ status: 'waiting', nextTryAt: new Date(now.getTime() + 7 * minuteMs) })
  })

  test('is given up after about twelve hours, and at once where another try would end the same', () => {
    let [tries, waitedMs] = [1, 0]
    while (afterTry(deliveryOf({ tries }), retry, now).status === 'waiting') waitedMs += pauseAfter(tries++)
    expect(waitedMs / 3_600_000).toBeCloseTo(12, 0)
    expect(afterTry(deliveryOf(), failed, now)).toMatchObject({ status: 'failed', lastError: 'No such channel' })
  })

  test('is no failure where a part of it has arrived', () => {
    const delivery = deliveryOf({ reference: 'C1/1.2', tries: 28 })
    expect(afterTry(delivery, retry, now)).toMatchObject({ status: 'sent', lastError: 'Slack asks to wait' })
  })

  test('has an end, whatever happens', () => {
    const results = fc.array(fc.constantFrom(retry, failed, sent), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(results, (all) => {
        const statuses = all.map((result, index) => afterTry(deliveryOf({ tries: index + 1 }), result, now).status)
        expect(statuses.findIndex((status) => status !== 'waiting')).toBeLessThan(28)
      }),
    )
  })

  test('that is a trial is tried once', () => {
    expect(afterTry(deliveryOf({ kind: 'trial' }), retry, now).status).toBe('failed')
  })

  test('alarms at once where it is given up, and after an hour of tries', () => {
    expect(isAlarming(deliveryOf(), failed)).toBe(true)
    expect([1, 6, 7].map((tries) => isAlarming(deliveryOf({ tries }), retry))).toEqual([false, false, true])
    expect(isAlarming(deliveryOf({ kind: 'trial' }), failed)).toBe(false)
  })
})

describe('an e-mail that some addresses did not take', () => {
  const mail = deliveryOf({ channel: 'email', recipient: 'a@x.org, b@x.org, c@x.org' })

  test('goes later to those who were refused for now, and to nobody twice', () => {
    const partly = afterTry(mail, { ...sent, refused: [refused('b@x.org', false), refused('c@x.org', true)] }, now)
    expect(partly).toMatchObject({ status: 'waiting', lastError: expect.stringContaining('b@x.org was refused') })
    const again = deliveryOf({ ...mail, ...partly, tries: 2 })
    expect(recipientsLeft(mail)).toBe('a@x.org, b@x.org, c@x.org')
    expect(recipientsLeft(again)).toBe('b@x.org')
    expect(afterTry(again, sent, now)).toMatchObject({ status: 'sent', partlyRefused: [refused('c@x.org', true)] })
  })

  test('is sent where the others refuse it for good', () => {
    const partly = afterTry(mail, { ...sent, refused: [refused('b@x.org', true)] }, now)
    expect(partly).toMatchObject({ status: 'sent', partlyRefused: [refused('b@x.org', true)] })
  })
})
