import { expect, test } from 'vitest'
import {
  alertMessage,
  digestMessage,
  recoveryMessage,
  reminderMessage,
  type ToldAlert,
} from '../../../src/reporting/messages/alert-message.ts'
import type { Message } from '../../../src/reporting/messages/message.ts'
import { trialMessage } from '../../../src/reporting/messages/trial-message.ts'
import { slackProblems } from './slack-limits.ts'

const context = {
  timeZone: 'Europe/Vienna',
  dashboardUrl: 'https://models.example.com',
  isSimulated: (model: string) => model === 'sim',
}
const alert: ToldAlert = {
  severity: 'critical',
  subject: 'Rolled back: tier 1 is on gemini-2.0-flash-001 again',
  message:
    'lite failed 14 of 260 requests (5.4 %); the limit is 3.0 %.\nIt is locked until its version changes. Nothing to do.',
  tier: 1,
  model: 'lite',
  evaluationId: 'e1',
  raisedAt: new Date('2026-11-17T14:12:00Z'),
}
const later = new Date('2026-11-18T14:30:00Z')
const allOf = ({ slack, email }: Message) => [JSON.stringify(slack.blocks), email.html, email.text]

test('an alert says what happened, since when, how grave it is, and what a person may do', () => {
  const told = alertMessage(alert, context)
  expect(told.subject).toBe(alert.subject)
  expect(slackProblems(told.slack)).toEqual([])
  for (const text of allOf(told)) {
    for (const words of [
      '14 of 260 requests',
      'Nothing to do.',
      'Critical',
      '17 November 2026',
      '15:12',
      'npx incumbent pin 1',
    ])
      expect(text).toContain(words)
    expect(text).toContain('https://models.example.com/evaluations/e1')
  }
})

test('a reminder says how long it is open, and the recovery how it ended', () => {
  const reminder = reminderMessage(alert, later, context)
  expect(reminder.subject).toBe(`Still open after 24 hours: ${alert.subject}`)
  for (const text of allOf(reminder)) expect(text).toContain('Tuesday 17 November 2026, 15:12')
  const over = recoveryMessage(alert, { at: later, message: 'Slack takes messages again.' }, context)
  expect(over.subject).toBe(`Resolved: ${alert.subject}`)
  for (const text of allOf(over)) {
    expect(text).toContain('Slack takes messages again.')
    expect(text).toContain('It was open since Tuesday 17 November 2026, 15:12.')
  }
})

test('many alerts make one message, the gravest first, however many they are', () => {
  const many = Array.from({ length: 60 }, (_, index): ToldAlert => {
    return {
      ...alert,
      severity: index === 40 ? 'critical' : 'info',
      subject: `number ${index}`,
      message: 'x '.repeat(300),
    }
  })
  const told = digestMessage(many, later, context)
  expect(told.subject).toBe('60 alerts: number 40, and more')
  expect(slackProblems(told.slack)).toEqual([])
  expect(told.email.text).toContain('And 40 more.')
})

test('an alert of a simulated model says so, and an endless one is cut', () => {
  const told = alertMessage({ ...alert, model: 'sim', message: 'y'.repeat(9000), subject: 'z'.repeat(400) }, context)
  expect(told.subject).toMatch(/^\[simulated\] z+…$/)
  expect(slackProblems(told.slack)).toEqual([])
})

test('an alert without tier, model, evaluation and dashboard is told all the same', () => {
  const bare = { ...alert, tier: undefined, model: undefined, evaluationId: undefined }
  const told = alertMessage(bare, { ...context, dashboardUrl: undefined })
  expect(slackProblems(told.slack)).toEqual([])
  for (const text of allOf(told)) expect(text).not.toContain('https://')
})

test('a trial message has a picture for Slack', async () => {
  const told = await trialMessage(later, context)
  expect(slackProblems(told.slack)).toEqual([])
  expect(told.slack.images).toHaveLength(1)
  expect(told.slack.blocks.map(({ type }) => type)).toContain('image')
})
