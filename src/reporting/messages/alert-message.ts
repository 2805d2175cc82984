import { counted } from '../../shared/counted.ts'
import { longDate, timeOfDay } from '../../shared/format-date.ts'
import { dashboardLinks } from './dashboard-links.ts'
import type { Message, MessageContext } from './message.ts'
import { type Notice, noticeMessage } from './notice-message.ts'

/** What is told of an alert. */
export interface ToldAlert {
  severity: 'info' | 'warning' | 'critical'
  /** In one line. */
  subject: string
  /** What happened, what the system did, what a person may do. */
  message: string
  tier: number | undefined
  model: string | undefined
  evaluationId: string | undefined
  raisedAt: Date
}

/** Alerts need to know of a model whether it is simulated. */
export interface AlertContext extends MessageContext {
  isSimulated: (model: string) => boolean
}

/** Something went wrong. */
export function alertMessage(alert: ToldAlert, context: AlertContext): Message {
  return noticeMessage({ ...noticeOf(alert, context), headline: alert.subject, at: alert.raisedAt }, context)
}

/** It still is, after the time that the configuration states. */
export function reminderMessage(alert: ToldAlert, now: Date, context: AlertContext): Message {
  const hours = Math.max(1, Math.floor((now.getTime() - alert.raisedAt.getTime()) / 3_600_000))
  const notice = noticeOf(alert, context)
  const headline = `Still open after ${counted(hours, 'hour')}: ${alert.subject}`
  const facts: Notice['facts'] = [...notice.facts, ['Since', momentWords(alert.raisedAt, context.timeZone)]]
  return noticeMessage({ ...notice, facts, headline, at: now }, context)
}

/** It is over. */
export function recoveryMessage(
  alert: ToldAlert,
  { at, message }: { at: Date; message: string },
  context: AlertContext,
): Message {
  const notice = noticeOf(alert, context)
  const since = `It was open since ${momentWords(alert.raisedAt, context.timeZone)}. Nothing to do.`
  return noticeMessage(
    {
      ...notice,
      headline: `Resolved: ${alert.subject}`,
      tone: 'good',
      at,
      paragraphs: [message, since],
      facts: factsOf(alert),
    },
    context,
  )
}

const mostOfDigest = 20

/**
 * Several alerts in one message, the gravest first.
 * @param alerts at least one
 */
export function digestMessage(alerts: readonly ToldAlert[], now: Date, context: AlertContext): Message {
  const order = ['critical', 'warning', 'info']
  const sorted = alerts.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  const shown = sorted.slice(0, mostOfDigest)
  const more = alerts.length - shown.length
  const notice: Notice = {
    headline: `${counted(alerts.length, 'alert')}: ${sorted[0]?.subject ?? ''}${alerts.length > 1 ? ', and more' : ''}`,
    at: now,
    paragraphs: [
      `${counted(alerts.length, 'thing')} happened at about the same time.`,
      ...shown.map(({ severity, subject, message }) => `${severityWords[severity]}: ${subject}. ${message}`),
      ...(more === 0 ? [] : [`And ${more} more.`]),
    ],
    facts: [],
    links: dashboardLinks(context, [{ label: 'Overview', path: '/' }]),
    tone: tones[sorted[0]?.severity ?? 'info'],
    footer: [whyYouGetThis],
    isSimulated: alerts.some(({ model }) => model !== undefined && context.isSimulated(model)),
  }
  return noticeMessage(notice, context)
}

const severityWords = { info: 'For your information', warning: 'Warning', critical: 'Critical' } as const
const tones = { info: 'line-2', warning: 'warn', critical: 'bad' } as const
const whyYouGetThis = 'You get this because of what stands under alerts in incumbent.yaml.'

function noticeOf(alert: ToldAlert, context: AlertContext): Omit<Notice, 'headline' | 'at'> {
  const { tier, message, model, evaluationId } = alert
  const pages = [
    ...(evaluationId === undefined ? [] : [{ label: 'Open the evaluation', path: `/evaluations/${evaluationId}` }]),
    ...(tier === undefined ? [] : [{ label: `Tier ${tier}`, path: `/tiers/${tier}` }]),
    { label: 'Overview', path: '/' },
  ]
  const stop =
    tier === undefined
      ? []
      : [
          `To stop automatic changes: npx incumbent pin ${tier}. To bring the model before back: npx incumbent rollback ${tier}.`,
        ]
  return {
    paragraphs: message.split(/\n+/),
    facts: [['Severity', severityWords[alert.severity]], ...factsOf(alert)],
    links: dashboardLinks(context, pages),
    tone: tones[alert.severity],
    footer: [...stop, whyYouGetThis],
    isSimulated: model !== undefined && context.isSimulated(model),
  }
}

function factsOf({ tier, model }: ToldAlert): [string, string][] {
  return [
    ...(tier === undefined ? [] : [['Tier', String(tier)] satisfies [string, string]]),
    ...(model === undefined ? [] : [['Model', model] satisfies [string, string]]),
  ]
}

function momentWords(at: Date, timeZone: string): string {
  return `${longDate(at, timeZone)}, ${timeOfDay(at, timeZone)}`
}
