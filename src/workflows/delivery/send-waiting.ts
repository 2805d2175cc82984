import { makeDue } from '../../database/delivery-claims.ts'
import {
  type Delivery,
  type DeliveryChannel,
  deliveryChannels,
  listDeliveries,
} from '../../database/delivery-queries.ts'
import type { Workspace } from '../workspace.ts'
import { recipientOf } from './alert-routes.ts'
import { connectSenders } from './connect-senders.ts'
import { deliverDue, type Tried } from './deliver-due.ts'
import { queueAlerts } from './queue-alerts.ts'

/** What became of messages that waited to be sent. */
export interface SentWaiting {
  /** Each as it was tried. */
  tried: Tried[]
  /** What is still not sent, and is tried again; at most 1,000. */
  waiting: Delivery[]
}

const mostWaiting = 1_000

/**
 * Queues the alerts that nobody has queued yet, and sends what is due. A service on the same database may do so at the same
 * time: each message goes out once.
 * @param limitMs after so many milliseconds what is not sent waits for the next time
 * @param all also what would only be due later
 */
export async function sendWaiting(
  workspace: Workspace,
  signal: AbortSignal,
  { limitMs, all = false }: { limitMs: number; all?: boolean },
): Promise<SentWaiting> {
  const { config, database, clock } = workspace
  const { db } = database
  if (wantedChannels(workspace).length === 0) return { tried: [], waiting: [] }
  await queueAlerts(db, config, clock.now())
  const before = await waitingNow(workspace)
  if (before.length === 0) return { tried: [], waiting: [] }
  if (all) {
    const keys = before.map(({ key }) => key)
    await makeDue(db, keys, clock.now())
  }
  const tried = signal.aborted ? [] : await deliverFor(workspace, signal, limitMs)
  return { tried, waiting: await waitingNow(workspace) }
}

/** Where people want to hear of something at all. */
function wantedChannels({ config }: Pick<Workspace, 'config'>): DeliveryChannel[] {
  return deliveryChannels.filter((channel) => recipientOf(config, channel) !== undefined)
}

async function deliverFor(workspace: Workspace, signal: AbortSignal, limitMs: number): Promise<Tried[]> {
  const { config, database, clock } = workspace
  const limit = new AbortController()
  const over = new AbortController()
  const expire = () => limit.abort(new Error('Sending took too long.'))
  clock.sleep(limitMs, over.signal).then(expire, () => undefined)
  const either = AbortSignal.any([signal, limit.signal])
  const senders = await connectSenders(config, clock)
  const tried: Tried[] = []
  try {
    for (;;) {
      const channels = wantedChannels(workspace).map((channel) => deliverDue(workspace, senders, channel, either))
      const now = (await Promise.all(channels)).flat()
      tried.push(...now)
      if (either.aborted || now.every(({ result }) => result === 'retry')) return tried
      // That a channel takes no messages is told on the other one.
      await queueAlerts(database.db, config, clock.now())
    }
  } finally {
    over.abort()
  }
}

/** What a channel had to send that is not configured any more waits for ever. */
async function waitingNow(workspace: Workspace): Promise<Delivery[]> {
  const wanted = wantedChannels(workspace)
  const waiting = await listDeliveries(workspace.database.db, mostWaiting, { status: 'waiting' })
  return waiting.filter(({ channel }) => wanted.includes(channel))
}
