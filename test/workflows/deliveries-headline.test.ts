import { expect, test } from 'vitest'
import type { DeliveryLine, SlotLine } from '../../src/workflows/pages/deliveries.ts'
import { type DeliveryNews, deliveriesHeadline } from '../../src/workflows/pages/deliveries-headline.ts'

const sent: DeliveryLine = {
  id: 1,
  channel: 'slack',
  recipient: '#models',
  kind: 'report',
  status: 'sent',
  tries: 1,
  cycle: 'c1',
  alert: null,
  subject: null,
  nextTryAt: null,
  lastError: null,
  refused: [],
  createdAt: '2026-11-15T02:00:00Z',
  sentAt: '2026-11-15T02:00:01Z',
}
const slot: SlotLine = {
  schedule: 'tier-2',
  state: 'done',
  tries: 1,
  dueAt: '2026-11-15T00:30:00Z',
  startedAt: null,
  finishedAt: null,
  notBefore: null,
  cycle: null,
  note: null,
}

function headline(news: Partial<DeliveryNews>): string {
  const usual: DeliveryNews = {
    now: new Date('2026-11-19T08:40:00Z'),
    slots: [slot],
    deliveries: [sent],
    channels: ['slack'],
    upcoming: { schedule: 'tier-1', dueAt: '2026-11-22T00:00:00Z', words: 'tier 1 (core) is evaluated' },
    timeZone: 'Europe/Vienna',
  }
  return deliveriesHeadline({ ...usual, ...news }).replaceAll('\u00a0', ' ')
}

test('the first sentence of the deliveries says that all is well, and what comes next', () => {
  expect(headline({})).toBe('All reports were sent. Next: Sun 22 Nov 01:00, tier 1.')
  expect(headline({ slots: [{ ...slot, state: 'running' }], upcoming: undefined })).toBe(
    'Tier 2 is evaluated now. All reports were sent.',
  )
})

test('what failed or is late comes first, unless it is long ago or went out later', () => {
  const failed: DeliveryLine = { ...sent, status: 'failed', sentAt: null }
  const late: DeliveryLine = { ...sent, id: 2, status: 'waiting', tries: 2 }
  expect(headline({ slots: [{ ...slot, state: 'failed' }], deliveries: [late, failed], upcoming: undefined })).toBe(
    'Tier 2 of Sun 15 Nov 01:30 failed. 1 message could not be sent. 1 message is late.',
  )
  expect(headline({ deliveries: [{ ...sent, id: 2 }, failed], upcoming: undefined })).toBe('All reports were sent.')
  const longAgo = { ...slot, state: 'failed', dueAt: '2026-11-08T00:30:00Z' } as const
  expect(headline({ slots: [longAgo], upcoming: undefined })).toBe('All reports were sent.')
})

test('where nobody gets reports that is said', () => {
  expect(headline({ deliveries: [], channels: [], upcoming: undefined })).toBe(
    'Reports are sent to nobody: neither Slack nor e-mail is configured.',
  )
  expect(headline({ deliveries: [], upcoming: undefined })).toBe('No report was sent yet.')
})
