import { expect, test } from 'vitest'
import { scheduleText } from '../../src/commands/schedule-text.ts'

test('what is due and not done stands apart from what comes next, with the reason why it waits', () => {
  const text = scheduleText({
    timeZone: 'Europe/Vienna',
    next: [{ schedule: 'report', dueAt: '2026-11-29T01:30:00.000Z', words: 'the report is made' }],
    unfinished: [
      {
        schedule: 'tier-1',
        dueAt: '2026-11-22T00:00:00.000Z',
        words: 'tier 1',
        state: 'waiting',
        notBefore: '2026-11-22T08:02:00.000Z',
        note: 'A quota was used up.',
      },
    ],
    unreported: ['2026-11-15T01:30:00.000Z'],
  })
  expect(text.split('\n').slice(2)).toEqual([
    'Sunday 29 November 2026 02:30  the report is made',
    '',
    'Due since Sunday 22 November 2026 01:00: tier 1 is waiting until Sunday 22 November 2026 09:02. A quota was used up.',
    'The report of Sunday 15 November 2026 02:30 is missing: tiers were evaluated for it, and no service was there to make it. The next service does.',
  ])
})
