import {
  type Delivery,
  type DeliveryChannel,
  deliveryChannels,
  listDeliveries,
  sendAgain,
} from '../../database/delivery-queries.ts'
import { UserError } from '../../shared/user-error.ts'
import { reportedCycle } from '../reported-cycle.ts'
import type { Workspace } from '../workspace.ts'
import { recipientOf } from './alert-routes.ts'
import { queueReport } from './queue-report.ts'
import { type SentMessage, sendNow } from './send-now.ts'

const mostOfCycle = 1_000

/**
 * Sends the report of a cycle to people now: that of an evaluation, or the newest that is finished. What they have already got is not sent twice, unless that is asked for.
 * @param channels undefined: all that are configured
 * @throws UserError when one that is named is not configured, or none is, or when the cycle has no report
 */
export async function sendReport(
  workspace: Workspace,
  evaluationId: string | undefined,
  { channels, again }: { channels: readonly DeliveryChannel[] | undefined; again: boolean },
  signal: AbortSignal,
): Promise<SentMessage[]> {
  const { database, config, clock } = workspace
  const wanted = configuredChannels(workspace, channels)
  const { id: cycleId, status, summary } = await reportedCycle(workspace, evaluationId)
  if (summary === undefined) {
    throw new UserError(`Cycle ${cycleId} is ${status}: its report is made when it ends. npx incumbent resume`)
  }
  await queueReport(database.db, config, cycleId, clock.now(), wanted)
  const all = await listDeliveries(database.db, mostOfCycle, { cycleId })
  const deliveries: Delivery[] = []
  for (const channel of wanted) {
    // The newest comes first.
    const newest = all.find((delivery) => delivery.channel === channel)
    if (newest === undefined) continue
    const isOver = newest.status === 'failed' || (again && newest.status === 'sent')
    const renewed = isOver ? await sendAgain(database.db, newest.id, clock.now()) : undefined
    deliveries.push(renewed ?? newest)
  }
  return sendNow(workspace, deliveries, signal)
}

/** @throws UserError when one that is named is not configured, or none is */
export function configuredChannels(
  { config }: Pick<Workspace, 'config'>,
  named: readonly DeliveryChannel[] | undefined,
): DeliveryChannel[] {
  const missing = (named ?? []).find((channel) => recipientOf(config, channel) === undefined)
  if (missing !== undefined) throw new UserError(`${shape[missing]} is not configured. ${remedy}`)
  const wanted = deliveryChannels.filter(
    (channel) => recipientOf(config, channel) !== undefined && (named ?? deliveryChannels).includes(channel),
  )
  if (wanted.length === 0) throw new UserError(`Neither reports.slack nor reports.email is configured. ${remedy}`)
  return wanted
}

const shape: Record<DeliveryChannel, string> = { slack: 'reports.slack', email: 'reports.email' }
const remedy = 'docs/messages.md shows how, step by step.'
