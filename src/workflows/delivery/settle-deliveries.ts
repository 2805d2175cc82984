import type { Transaction } from 'kysely'
import { openAlert, raiseAlertOnce, resolveAlert } from '../../database/alert-queries.ts'
import { updateClaimed } from '../../database/delivery-claims.ts'
import type { DeliveryChannel, RefusedAddress } from '../../database/delivery-queries.ts'
import { inTransaction } from '../../database/in-transaction.ts'
import type { Tables } from '../../database/tables.ts'
import type { SendResult } from '../../delivery/sender.ts'
import type { Workspace } from '../workspace.ts'
import { afterTry, isAlarming } from './after-try.ts'
import { failingChannelKey } from './alert-routes.ts'
import type { LetterGroup } from './letter-groups.ts'

const refusalsOncePerMs = 7 * 86_400_000

const channelWords: Record<DeliveryChannel, string> = { slack: 'Slack', email: 'The mail server' }

/** Records what became of a message, and tells people of a channel or an address that does not take them. */
export async function settleDeliveries(
  { database, clock }: Workspace,
  channel: DeliveryChannel,
  { deliveries }: LetterGroup,
  result: SendResult,
): Promise<void> {
  const now = clock.now()
  await inTransaction(database.db, async (trx) => {
    for (const delivery of deliveries) await updateClaimed(trx, delivery, afterTry(delivery, result, now))
    if (result.status !== 'retry') await tellOfRefused(trx, result.refused, now)
    if (result.status === 'sent') {
      const message = `${channelWords[channel]} takes messages again.`
      await resolveAlert(trx, failingChannelKey(channel), { at: now, message })
    } else if (deliveries.some((delivery) => isAlarming(delivery, result))) {
      await tellOfChannel(trx, channel, result.reason, now)
    }
  })
}

async function tellOfChannel(
  trx: Transaction<Tables>,
  channel: DeliveryChannel,
  reason: string,
  now: Date,
): Promise<void> {
  await openAlert(trx, {
    kind: 'delivery',
    severity: 'critical',
    subject: `${channelWords[channel]} does not take messages`,
    message: `${reason} Messages that may get through later are tried for 12 hours; what was given up is sent again from the page of deliveries, or with npx incumbent report --send. To try it now: npx incumbent notify test.`,
    key: failingChannelKey(channel),
    tier: undefined,
    model: undefined,
    evaluationId: undefined,
    raisedAt: now,
  })
}

async function tellOfRefused(trx: Transaction<Tables>, refused: readonly RefusedAddress[], now: Date): Promise<void> {
  for (const { address, answer } of refused.filter(({ isFinal }) => isFinal)) {
    const alert = {
      kind: 'delivery',
      severity: 'warning',
      subject: `The mail server refuses ${address}`.slice(0, 200),
      message: `It answered: ${answer}. What it missed is not sent to it again. Check reports.email.to.`,
      tier: undefined,
      model: undefined,
      evaluationId: undefined,
      raisedAt: now,
    } as const
    await raiseAlertOnce(trx, alert, new Date(now.getTime() - refusalsOncePerMs))
  }
}
