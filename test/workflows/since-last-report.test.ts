import { expect, test } from 'vitest'
import { eventSentences } from '../../src/workflows/since-last-report.ts'

test('a report tells what happened to the seats since the one before, once', () => {
  const at = (day: number) => new Date(`2026-10-${day}T10:00:00Z`)
  const alert = (day: number, subject: string, severity: 'info' | 'warning' | 'critical' = 'warning') => {
    return { kind: 'rollout' as const, severity, subject, raisedAt: at(day) }
  }
  const alerts = [
    alert(23, 'Tier 3: swift was rolled back'),
    alert(21, 'An incident on tier 1', 'critical'),
    alert(22, 'Tier 2: deep enters the shadow', 'info'),
    alert(17, 'Tier 1: told before'),
    { ...alert(22, 'November is heading for $70'), kind: 'budget' as const },
  ]
  expect(eventSentences(alerts, { since: at(18), until: at(25), timeZone: 'Europe/Vienna' })).toEqual([
    'Since the last report, 21 Oct: An incident on tier 1.',
    'Since the last report, 23 Oct: Tier 3: swift was rolled back.',
  ])
})
