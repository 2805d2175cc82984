import { expect, test } from 'vitest'
import { letterGroups, messageKey } from '../../../src/workflows/delivery/letter-groups.ts'
import { deliveryOf } from './example-delivery.ts'

const alerts = (count: number, change = {}) =>
  Array.from({ length: count }, (_, index) => deliveryOf({ id: index + 1, key: `alert:${index + 1}:slack`, ...change }))

test('few alerts go one by one', () => {
  expect(letterGroups(alerts(5)).map(({ key }) => key)).toEqual(alerts(5).map(({ key }) => key))
})

test('many alerts that are due at once go as one message, and a report goes by itself', () => {
  const report = deliveryOf({ id: 9, key: 'report:1:slack', kind: 'report' })
  const groups = letterGroups([...alerts(6), report])
  expect(groups.map(({ key, isDigest, deliveries }) => [key, isDigest, deliveries.length])).toEqual([
    ['digest:alert:1:slack of 2026-11-22T03:00:00.000Z', true, 6],
    ['report:1:slack', false, 1],
  ])
})

test('what was tried before goes as it went then', () => {
  const before = alerts(7, { tries: 2, sentWith: 'digest:alert:1:slack' })
  const alone = deliveryOf({ id: 8, key: 'alert:8:slack', tries: 3 })
  const groups = letterGroups([...before, alone])
  expect(groups.map(({ key, isDigest }) => [key, isDigest])).toEqual([
    ['digest:alert:1:slack', true],
    ['alert:8:slack', false],
  ])
})

test('the same alert of another database is another message', () => {
  const [here, there] = [deliveryOf(), deliveryOf({ createdAt: new Date('2026-11-22T03:00:00.001Z') })]
  expect(messageKey(here)).not.toBe(messageKey(there))
  expect(messageKey(here)).toBe(messageKey(deliveryOf({ tries: 2 })))
})
