import type { Kysely } from 'kysely'
import { Counter, Gauge, type Registry } from 'prom-client'
import { type DeliveryBacklog, deliveryBacklog, deliveryChannels } from '../database/delivery-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Tried } from '../workflows/delivery/deliver-due.ts'

/** Figures of messages: of the tries of this process, and of what waits in the database. */
export function deliveryMetrics(registry: Registry, db: Kysely<Tables>, now: () => Date): (tried: Tried) => void {
  const registers = [registry]
  const tries = new Counter({
    name: 'incumbent_deliveries_total',
    help: 'Messages that were tried here, by channel and by what became of the try.',
    labelNames: ['channel', 'result'],
    registers,
  })
  backlogGauge(registry, db, 'incumbent_deliveries_waiting', 'Messages that are queued and not sent.', (backlog) => {
    return backlog?.waiting ?? 0
  })
  const oldest = 'Age of the oldest message that is queued and not sent; 0 where there is none.'
  backlogGauge(registry, db, 'incumbent_deliveries_oldest_seconds', oldest, (backlog) => {
    return backlog?.oldest === undefined ? 0 : (now().getTime() - backlog.oldest.getTime()) / 1000
  })
  return ({ channel, result }) => tries.inc({ channel, result })
}

function backlogGauge(
  registry: Registry,
  db: Kysely<Tables>,
  name: string,
  help: string,
  figureOf: (backlog: DeliveryBacklog | undefined) => number,
): void {
  new Gauge({
    name,
    help,
    labelNames: ['channel'],
    registers: [registry],
    async collect() {
      // Without the database nobody knows; the other figures are still told.
      const backlogs = await deliveryBacklog(db).catch(() => undefined)
      if (backlogs === undefined) return this.reset()
      for (const channel of deliveryChannels) this.set({ channel }, figureOf(backlogs.get(channel)))
    },
  })
}
