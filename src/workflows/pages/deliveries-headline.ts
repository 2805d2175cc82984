import { capitalized } from '../../shared/capitalized.ts'
import { counted } from '../../shared/counted.ts'
import { dayAndTime } from '../../shared/format-date.ts'
import type { DeliveriesPage, DeliveryLine, SlotLine, UpcomingSlot } from './deliveries.ts'

export interface DeliveryNews {
  now: Date
  /** The newest first. */
  slots: readonly SlotLine[]
  /** The newest first. */
  deliveries: readonly DeliveryLine[]
  channels: DeliveriesPage['channels']
  upcoming: UpcomingSlot | undefined
  timeZone: string
}

const newsMs = 8 * 86_400_000

/** What failed or is late in the last days, or that all is sent; and what comes next. */
export function deliveriesHeadline(news: DeliveryNews): string {
  const { upcoming, timeZone } = news
  const next =
    upcoming === undefined ? [] : [`Next: ${whole(upcoming.dueAt, timeZone)}, ${shortWords(upcoming.schedule)}.`]
  return [...whatHappened(news), ...next].join(' ')
}

/** Not broken at the end of a line. */
function whole(time: string, timeZone: string): string {
  return dayAndTime(new Date(time), timeZone).replaceAll(' ', '\u00a0')
}

/** `tier 1`, `the report`: a slot in a sentence. */
export function shortWords(schedule: string): string {
  const tier = /^tier-(\d+)$/.exec(schedule)?.[1]
  if (tier !== undefined) return `tier ${tier}`
  const words: Record<string, string> = { discover: 'the search for models', report: 'the report', send: 'sending' }
  return words[schedule] ?? schedule
}

function whatHappened({ now, slots, deliveries, channels, timeZone }: DeliveryNews): string[] {
  const isNews = (time: string) => now.getTime() - Date.parse(time) < newsMs
  const recent = deliveries.filter(({ createdAt }) => isNews(createdAt))
  const failedSlots = slots.filter(({ dueAt, state }) => state === 'failed' && isNews(dueAt))
  const givenUp = recent.filter((delivery) => delivery.status === 'failed' && !wasSentLater(delivery, recent))
  const late = recent.filter(({ status, tries }) => status === 'waiting' && tries > 0)
  const problems = [
    ...failedSlots.map(({ schedule, dueAt }) => {
      const words = shortWords(schedule)
      return `${capitalized(words)} of ${whole(dueAt, timeZone)} failed.`
    }),
    ...(givenUp.length === 0 ? [] : [`${counted(givenUp.length, 'message')} could not be sent.`]),
    ...(late.length === 0 ? [] : [`${counted(late.length, 'message')} ${late.length === 1 ? 'is' : 'are'} late.`]),
  ]
  if (problems.length > 0) return problems
  return [...runningWords(slots), calmWords(deliveries, channels)]
}

/** Somebody asked for it once more, or it went out to the same people otherwise. */
function wasSentLater({ id, channel, kind, cycle, alert }: DeliveryLine, all: readonly DeliveryLine[]): boolean {
  return all.some(
    (other) =>
      other.id > id &&
      other.status === 'sent' &&
      other.channel === channel &&
      other.kind === kind &&
      other.cycle === cycle &&
      other.alert === alert,
  )
}

function runningWords(slots: readonly SlotLine[]): string[] {
  return slots.filter(({ state }) => state === 'running').map(({ schedule }) => `${runs(schedule)} now.`)
}

function runs(schedule: string): string {
  const words = shortWords(schedule)
  return schedule.startsWith('tier-') ? `T${words.slice(1)} is evaluated` : `${capitalized(words)} is under way`
}

function calmWords(deliveries: readonly DeliveryLine[], channels: DeliveriesPage['channels']): string {
  const waiting = deliveries.filter(({ status }) => status === 'waiting' || status === 'sending').length
  if (waiting > 0) return `${counted(waiting, 'message')} ${waiting === 1 ? 'is' : 'are'} being sent.`
  if (deliveries.some(({ kind, status }) => kind === 'report' && status === 'sent')) return 'All reports were sent.'
  if (channels.length === 0) return 'Reports are sent to nobody: neither Slack nor e-mail is configured.'
  return 'No report was sent yet.'
}
