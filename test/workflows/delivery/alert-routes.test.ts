import { describe, expect, test } from 'vitest'
import type { AlertsConfig, ReportsConfig } from '../../../src/config/config.ts'
import { channelsFor, isReminderDue } from '../../../src/workflows/delivery/alert-routes.ts'

const reports: ReportsConfig = {
  folder: '/reports',
  slack: { channel: '#models', token: undefined, apiUrl: undefined },
  email: { to: ['a@x.org'], from: undefined, smtp: undefined },
}
const alerts: AlertsConfig = { slack: 'info', email: 'warning', remindAfterHours: 24 }

describe('an alert', () => {
  test.each([
    ['info', ['slack']],
    ['warning', ['slack', 'email']],
    ['critical', ['slack', 'email']],
  ] as const)('of severity %s goes to %j', (severity, channels) => {
    expect(channelsFor({ severity, key: undefined }, { reports, alerts })).toEqual(channels)
  })

  test('goes to no channel that is not configured, or wants none', () => {
    const critical = { severity: 'critical', key: undefined } as const
    expect(channelsFor(critical, { reports: { ...reports, slack: undefined }, alerts })).toEqual(['email'])
    expect(channelsFor(critical, { reports, alerts: { ...alerts, slack: 'none' } })).toEqual(['email'])
  })

  test('about a channel that does not take messages goes to the other one', () => {
    expect(channelsFor({ severity: 'critical', key: 'delivery:slack' }, { reports, alerts })).toEqual(['email'])
  })
})

test('people are reminded after the stated hours, then after twice as many', () => {
  const raisedAt = new Date('2026-11-22T00:00:00Z')
  const hours = (count: number) => new Date(raisedAt.getTime() + count * 3_600_000)
  const isDue = (remindedAt: Date | undefined, now: Date) => isReminderDue({ raisedAt, remindedAt }, now, 24)
  expect(isDue(undefined, hours(23.9))).toBe(false)
  expect(isDue(undefined, hours(24))).toBe(true)
  expect(isDue(hours(24), hours(47.9))).toBe(false)
  expect(isDue(hours(24), hours(48))).toBe(true)
  expect(isDue(hours(48), hours(96))).toBe(true)
})
