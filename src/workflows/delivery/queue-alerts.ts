import type { Kysely } from 'kysely'
import type { Config } from '../../config/config.ts'
import {
  type Alert,
  listAlerts,
  noteReminder,
  resolvedSince,
  takeUnroutedAlerts,
} from '../../database/alert-queries.ts'
import {
  type Delivery,
  type DeliveryChannel,
  deliveriesOfAlerts,
  insertDeliveries,
  type NewDelivery,
} from '../../database/delivery-queries.ts'
import { inTransaction } from '../../database/in-transaction.ts'
import type { Tables } from '../../database/tables.ts'
import { channelsFor, isReminderDue, recipientOf } from './alert-routes.ts'

type DeliveryConfig = Pick<Config, 'reports' | 'alerts'>

const mostOpen = 1_000
const recoveryMs = 7 * 86_400_000

/**
 * Queues what people are to hear of alerts: those that are new, reminders of those that are still open, and that others are
 * over. It may be called at any time and by several processes.
 */
export async function queueAlerts(db: Kysely<Tables>, config: DeliveryConfig, now: Date): Promise<void> {
  await queueNew(db, config, now)
  await queueReminders(db, config, now)
  await queueRecoveries(db, config, now)
}

async function queueNew(db: Kysely<Tables>, config: DeliveryConfig, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const alerts = await takeUnroutedAlerts(trx, now)
    const deliveries = alerts.flatMap((alert) =>
      channelsFor(alert, config).flatMap((channel) =>
        aboutAlert(alert, 'alert', channel, config, now, `alert:${alert.id}:${channel}`),
      ),
    )
    await insertDeliveries(trx, deliveries)
  })
}

async function queueReminders(db: Kysely<Tables>, config: DeliveryConfig, now: Date): Promise<void> {
  const open = await listAlerts(db, mostOpen, { openOnly: true })
  for (const alert of open.filter((each) => isReminderDue(each, now, config.alerts.remindAfterHours))) {
    await inTransaction(db, async (trx) => {
      if (!(await noteReminder(trx, alert, now))) return
      const told = (await deliveriesOf(trx, [alert])).filter(isToldAlert)
      await insertDeliveries(
        trx,
        told.flatMap(({ channel }) => {
          const key = `reminder:${alert.id}:${now.toISOString()}:${channel}`
          return aboutAlert(alert, 'reminder', channel, config, now, key)
        }),
      )
    })
  }
}

async function queueRecoveries(db: Kysely<Tables>, config: DeliveryConfig, now: Date): Promise<void> {
  const resolved = await resolvedSince(db, new Date(now.getTime() - recoveryMs))
  const queued = await deliveriesOf(db, resolved)
  const known = new Set(queued.map(({ key }) => key))
  const deliveries = resolved.flatMap((alert) =>
    queued
      .filter((delivery) => delivery.alertId === alert.id && isToldAlert(delivery))
      .map(({ channel }) => ({ channel, key: `recovery:${alert.id}:${channel}` }))
      .filter(({ key }) => !known.has(key))
      .flatMap(({ channel, key }) => aboutAlert(alert, 'recovery', channel, config, now, key)),
  )
  await insertDeliveries(db, deliveries)
}

function deliveriesOf(db: Kysely<Tables>, alerts: readonly Alert[]): Promise<Delivery[]> {
  return deliveriesOfAlerts(
    db,
    alerts.map(({ id }) => id),
  )
}

/** Who never heard of an alert need not hear that it is still open, or over. */
function isToldAlert({ key, status, alertId, channel }: Delivery): boolean {
  return status === 'sent' && key === `alert:${alertId}:${channel}`
}

/** Nothing where the channel is not configured any more. */
function aboutAlert(
  { id }: Alert,
  kind: 'alert' | 'reminder' | 'recovery',
  channel: DeliveryChannel,
  config: DeliveryConfig,
  now: Date,
  key: string,
): NewDelivery[] {
  const recipient = recipientOf(config, channel)
  return recipient === undefined ? [] : [{ key, channel, recipient, kind, alertId: id, createdAt: now }]
}
