import { deliveryChannels } from '../../database/delivery-queries.ts'
import { deliverDue, type Senders } from '../../workflows/delivery/deliver-due.ts'
import { queueAlerts } from '../../workflows/delivery/queue-alerts.ts'
import type { Workspace } from '../../workflows/workspace.ts'

/** Queues the alerts that are new, and sends what is due. */
export async function deliverAll(workspace: Workspace, senders: Senders, signal: AbortSignal): Promise<void> {
  const { config, database, clock } = workspace
  await queueAlerts(database.db, config, clock.now())
  for (const channel of deliveryChannels) {
    for (;;) {
      const tried = await deliverDue(workspace, senders, channel, signal)
      if (!tried.some(({ result }) => result === 'sent')) break
    }
  }
}
