import { type DeliveryChannel, insertDeliveries } from '../../database/delivery-queries.ts'
import type { Workspace } from '../workspace.ts'
import { recipientOf } from './alert-routes.ts'
import { type SentMessage, sendNow } from './send-now.ts'
import { configuredChannels } from './send-report.ts'

/**
 * Sends a trial message to each channel, once: it is not tried again.
 * @param channels undefined: all that are configured
 * @throws UserError when one that is named is not configured, or none is
 */
export async function sendTrial(
  workspace: Workspace,
  channels: readonly DeliveryChannel[] | undefined,
  signal: AbortSignal,
): Promise<SentMessage[]> {
  const { database, config, clock } = workspace
  const now = clock.now()
  const trials = configuredChannels(workspace, channels).map((channel) => ({
    key: `trial:${now.toISOString()}:${channel}`,
    channel,
    recipient: recipientOf(config, channel) ?? '',
    kind: 'trial' as const,
    createdAt: now,
  }))
  return sendNow(workspace, await insertDeliveries(database.db, trials), signal)
}
