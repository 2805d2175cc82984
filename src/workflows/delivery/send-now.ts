import { makeDue } from '../../database/delivery-claims.ts'
import { type Delivery, type DeliveryChannel, listDeliveries } from '../../database/delivery-queries.ts'
import type { Workspace } from '../workspace.ts'
import { connectSenders } from './connect-senders.ts'
import { deliverDue } from './deliver-due.ts'

/** What became of a message on one channel, for a person. */
export interface SentMessage {
  channel: DeliveryChannel
  recipient: string
  status: Delivery['status']
  /** Whether it had been sent before it was asked for. */
  already: boolean
  /** ISO 8601; null: it was not sent. */
  sentAt: string | null
  /** Why it was not sent, or what of it is missing, and what to do; null: nothing. */
  problem: string | null
  /** ISO 8601: when it is tried again by itself; null: it is not. */
  nextTryAt: string | null
}

/** Sends these messages at once, whenever they would be due. A running service may be faster, and that is as good. */
export async function sendNow(
  workspace: Workspace,
  deliveries: readonly Delivery[],
  signal: AbortSignal,
): Promise<SentMessage[]> {
  const { database, config, clock } = workspace
  const keys = deliveries.map(({ key }) => key)
  await makeDue(database.db, keys, clock.now())
  const senders = await connectSenders(config, clock)
  const channels = [...new Set(deliveries.map(({ channel }) => channel))]
  await Promise.all(channels.map((channel) => deliverDue(workspace, senders, channel, signal, keys)))
  const after = await settled(workspace, keys, signal)
  const already = new Set(deliveries.flatMap(({ id, status }) => (status === 'sent' ? [id] : [])))
  return after
    .toSorted((one, other) => one.id - other.id)
    .map((delivery) => ({ ...sentMessage(delivery), already: already.has(delivery.id) }))
}

const lookMs = 250
const longestMs = 2 * 60_000

/** What another process is just sending is waited for. */
async function settled({ database, clock }: Workspace, keys: string[], signal: AbortSignal): Promise<Delivery[]> {
  const endMs = clock.now().getTime() + longestMs
  for (;;) {
    const now = await listDeliveries(database.db, keys.length, { keys })
    if (now.every(({ status }) => status !== 'sending') || clock.now().getTime() > endMs) return now
    await clock.sleep(lookMs, signal)
  }
}

function sentMessage({
  channel,
  recipient,
  status,
  sentAt,
  lastError,
  nextTryAt,
}: Delivery): Omit<SentMessage, 'already'> {
  return {
    channel,
    recipient,
    status,
    sentAt: sentAt?.toISOString() ?? null,
    problem: lastError ?? null,
    nextTryAt: nextTryAt?.toISOString() ?? null,
  }
}
