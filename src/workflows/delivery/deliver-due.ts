import type { Kysely } from 'kysely'
import { databaseFailure } from '../../database/database-failure.ts'
import { claimDeliveries, type DeliveryChange, updateClaimed } from '../../database/delivery-claims.ts'
import type { DeliveryChannel } from '../../database/delivery-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Sender, SendFailure, SendResult } from '../../delivery/sender.ts'
import type { Workspace } from '../workspace.ts'
import { type LetterGroup, letterGroups } from './letter-groups.ts'
import { renderLetter } from './render-letter.ts'
import { settleDeliveries } from './settle-deliveries.ts'

export type Senders = Record<DeliveryChannel, Sender>

/** What became of a message that was tried. */
export interface Tried {
  key: string
  channel: DeliveryChannel
  /** Deliveries that it stands for: more than one when it tells of several alerts. */
  deliveries: number
  result: SendResult['status']
  /** Why it did not work, or what of it could not be sent. */
  reason: string | undefined
}

/** Longer than a batch takes: a process that has died is not waited for longer. */
const holdMs = 5 * 60_000
/** Longer than a message takes. */
const leastHoldMs = 2 * 60_000
const batchSize = 20
/** What waits for a channel that does not take anything now. */
const pauseMs = 60_000

/**
 * Sends what is due on one channel, the oldest first. Where the channel takes nothing now, the others are not tried.
 * @param keys only these; undefined: all
 * @throws only what the database throws; what it has not heard of is tried again after some minutes, and found
 */
export async function deliverDue(
  workspace: Workspace,
  senders: Senders,
  channel: DeliveryChannel,
  signal: AbortSignal,
  keys?: readonly string[],
): Promise<Tried[]> {
  const { database, clock } = workspace
  const now = clock.now()
  const holdUntil = new Date(now.getTime() + holdMs)
  const due = await claimDeliveries(database.db, { channel, now, holdUntil, limit: batchSize, keys })
  const tried: Tried[] = []
  for (const group of letterGroups(due)) {
    const isDown = tried.some(({ result }) => result === 'retry')
    const isLate = clock.now().getTime() > holdUntil.getTime() - leastHoldMs
    if (isDown || isLate || signal.aborted) {
      await handBack(workspace, group, isDown ? pauseMs : 0)
      continue
    }
    const result = await sendGroup(workspace, senders[channel], group, signal)
    if (signal.aborted && result.status !== 'sent') {
      // It counts as tried, as nobody knows how far it got.
      await updateGroup(database.db, group, { status: 'waiting', nextTryAt: clock.now() })
      continue
    }
    await settleDeliveries(workspace, channel, group, result)
    const reason = result.status === 'sent' ? result.missing : result.reason
    tried.push({ key: group.key, channel, deliveries: group.deliveries.length, result: result.status, reason })
  }
  return tried
}

async function sendGroup(
  { database: { db }, config, clock }: Workspace,
  sender: Sender,
  group: LetterGroup,
  signal: AbortSignal,
): Promise<SendResult> {
  // Before it goes out: whoever tries it again has to know what it went with.
  if (group.isDigest) await updateGroup(db, group, { sentWith: group.key })
  const letter = await renderLetter(db, config, group, clock.now()).catch(unlessOfDatabase)
  if ('reason' in letter) return letter
  await updateGroup(db, group, { subject: letter.message.subject })
  return sender.send(letter, signal)
}

/** A message that cannot be made must not come again and again, and hold the others. */
function unlessOfDatabase(error: unknown): SendFailure {
  if (!(error instanceof Error) || databaseFailure(error) !== undefined) throw error
  return { status: 'failed', reason: `The message could not be made: ${error.message}`, refused: [] }
}

/** As if it had not been taken. */
async function handBack({ database, clock }: Workspace, { deliveries }: LetterGroup, waitMs: number): Promise<void> {
  const nextTryAt = new Date(clock.now().getTime() + waitMs)
  for (const delivery of deliveries) {
    await updateClaimed(database.db, delivery, { status: 'waiting', nextTryAt, tries: delivery.tries - 1 })
  }
}

async function updateGroup(db: Kysely<Tables>, { deliveries }: LetterGroup, change: DeliveryChange): Promise<void> {
  for (const delivery of deliveries) await updateClaimed(db, delivery, change)
}
