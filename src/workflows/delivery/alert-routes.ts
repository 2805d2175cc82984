import type { Config, LeastSeverity } from '../../config/config.ts'
import type { Alert } from '../../database/alert-queries.ts'
import { type DeliveryChannel, deliveryChannels } from '../../database/delivery-queries.ts'

const gravity = { info: 0, warning: 1, critical: 2, none: 3 } as const satisfies Record<LeastSeverity, number>
const hourMs = 3_600_000

/** To which channels an alert goes. That one of them fails is told by the others. */
export function channelsFor(
  { severity, key }: Pick<Alert, 'severity' | 'key'>,
  { reports, alerts }: Pick<Config, 'reports' | 'alerts'>,
): DeliveryChannel[] {
  return deliveryChannels.filter((channel) => {
    const isWanted = reports[channel] !== undefined && gravity[severity] >= gravity[alerts[channel]]
    return isWanted && key !== failingChannelKey(channel)
  })
}

/** The event that a channel does not take messages. */
export function failingChannelKey(channel: DeliveryChannel): string {
  return `delivery:${channel}`
}

/** Whether people are to be reminded of an open alert: after the stated hours, then after twice as many, and so on. */
export function isReminderDue(
  { raisedAt, remindedAt }: Pick<Alert, 'raisedAt' | 'remindedAt'>,
  now: Date,
  remindAfterHours: number,
): boolean {
  const reminded = remindedAt === undefined ? 0 : remindedAt.getTime() - raisedAt.getTime()
  return now.getTime() - raisedAt.getTime() >= Math.max(remindAfterHours * hourMs, 2 * reminded)
}

/** Slack channel, or e-mail addresses separated by commas; undefined: the channel is not configured. */
export function recipientOf({ reports }: Pick<Config, 'reports'>, channel: DeliveryChannel): string | undefined {
  return channel === 'slack' ? reports.slack?.channel : reports.email?.to.join(', ')
}
