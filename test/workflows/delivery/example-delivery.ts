import type { Delivery } from '../../../src/database/delivery-queries.ts'

/** A delivery that is just being tried for the first time. */
export function deliveryOf(change: Partial<Delivery> = {}): Delivery {
  return {
    id: 1,
    key: 'alert:1:slack',
    channel: 'slack',
    recipient: '#models',
    kind: 'alert',
    cycleId: undefined,
    alertId: 1,
    subject: undefined,
    status: 'sending',
    tries: 1,
    nextTryAt: undefined,
    lastError: undefined,
    reference: undefined,
    partlyRefused: [],
    sentWith: undefined,
    createdAt: new Date('2026-11-22T03:00:00Z'),
    sentAt: undefined,
    ...change,
  }
}
