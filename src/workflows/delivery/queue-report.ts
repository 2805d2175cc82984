import type { Kysely } from 'kysely'
import type { Config } from '../../config/config.ts'
import {
  type Delivery,
  type DeliveryChannel,
  deliveryChannels,
  insertDeliveries,
} from '../../database/delivery-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { recipientOf } from './alert-routes.ts'

/**
 * Queues the report of a cycle for every channel that is configured, once: what is queued or sent already stays as it is.
 * @returns what is new
 */
export async function queueReport(
  db: Kysely<Tables>,
  config: Pick<Config, 'reports'>,
  cycleId: string,
  now: Date,
  channels: readonly DeliveryChannel[] = deliveryChannels,
): Promise<Delivery[]> {
  const deliveries = channels.flatMap((channel) => {
    const recipient = recipientOf(config, channel)
    const key = `report:${cycleId}:${channel}`
    return recipient === undefined
      ? []
      : [{ key, channel, recipient, kind: 'report' as const, cycleId, createdAt: now }]
  })
  return insertDeliveries(db, deliveries)
}
