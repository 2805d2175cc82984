import type { Registry } from 'prom-client'
import { type DeliveryChannel, deliveryChannels } from '../database/delivery-queries.ts'
import { connectSenders } from '../workflows/delivery/connect-senders.ts'
import { deliverDue, type Senders, type Tried } from '../workflows/delivery/deliver-due.ts'
import { queueAlerts } from '../workflows/delivery/queue-alerts.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { deliveryMetrics } from './delivery-metrics.ts'
import { startBackground } from './gateway/traffic/background.ts'
import type { RequestLog } from './request-log.ts'

export interface DeliveryOptions {
  registry: Registry
  log: RequestLog
  /** Undefined: those of the configuration. */
  senders?: Senders | undefined
}

/** So soon people hear of an alert. What is due stands in tables of our own: to look there is all the queue that it takes. */
const lookMs = 5_000

/**
 * Sends what is due until it is stopped: alerts as soon as they are raised, reports when they were queued. The channels do not
 * wait for each other.
 */
export async function runDeliveries(
  workspace: Workspace,
  { registry, log, senders: given }: DeliveryOptions,
): Promise<{ stop(): Promise<void> }> {
  const { database, config, clock } = workspace
  const senders = given ?? (await connectSenders(config, clock))
  const count = deliveryMetrics(registry, database.db, () => clock.now())
  const sendAll = async (channel: DeliveryChannel, signal: AbortSignal) => {
    let tried: Tried[]
    do {
      tried = await deliverDue(workspace, senders, channel, signal)
      for (const each of tried) {
        count(each)
        writeTried(log, each)
      }
    } while (tried.some(({ result }) => result === 'sent') && !signal.aborted)
  }
  const backgrounds = [
    startOften('Queueing alerts', log, () => queueAlerts(database.db, config, clock.now())),
    ...deliveryChannels.map((channel) => startOften(`Sending (${channel})`, log, (signal) => sendAll(channel, signal))),
  ]
  return {
    async stop() {
      await Promise.all(backgrounds.map((background) => background.stop()))
    },
  }
}

/** A failure that goes on is told once. */
function startOften(what: string, log: RequestLog, work: (signal: AbortSignal) => Promise<void>) {
  let told: string | undefined
  return startBackground(
    what,
    lookMs,
    async (signal) => {
      await work(signal)
      told = undefined
    },
    (message) => {
      if (message !== told) log.write('deliveries', { message }, 'error')
      told = message
    },
  )
}

const events = { sent: 'message sent', retry: 'message waits', failed: 'message given up' } as const
const levels = { sent: 'info', retry: 'warn', failed: 'error' } as const

function writeTried(log: RequestLog, { key, channel, deliveries, result, reason }: Tried): void {
  log.write(events[result], { key, channel, deliveries, reason }, levels[result])
}
