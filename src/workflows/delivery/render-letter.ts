import type { Kysely } from 'kysely'
import type { Config } from '../../config/config.ts'
import { type Alert, loadAlerts } from '../../database/alert-queries.ts'
import { loadCycle } from '../../database/cycle-queries.ts'
import { type Delivery, deliveriesOfAlerts, listDeliveries } from '../../database/delivery-queries.ts'
import { listModels } from '../../database/model-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Letter } from '../../delivery/sender.ts'
import type { CycleReport } from '../../reporting/cycle-report.ts'
import {
  type AlertContext,
  alertMessage,
  digestMessage,
  recoveryMessage,
  reminderMessage,
  type ToldAlert,
} from '../../reporting/messages/alert-message.ts'
import type { Message } from '../../reporting/messages/message.ts'
import { reportMessage } from '../../reporting/messages/report-message.ts'
import { trialMessage } from '../../reporting/messages/trial-message.ts'
import { recipientsLeft } from './after-try.ts'
import { type LetterGroup, messageKey } from './letter-groups.ts'

const mostOfDigest = 1_000

/** Makes of what was queued the message that goes out. */
export async function renderLetter(
  db: Kysely<Tables>,
  config: Config,
  { key, deliveries, isDigest }: LetterGroup,
  now: Date,
): Promise<Letter> {
  const [delivery] = deliveries
  if (delivery === undefined) throw new Error('There is nothing to send.')
  const context = await contextOf(db, config)
  const message = isDigest
    ? await digestOf(db, key, now, context)
    : await messageOf(db, delivery, delivery.createdAt, context)
  return {
    key: isDigest ? key : messageKey(delivery),
    recipient: recipientsLeft(delivery),
    message,
    answers: isDigest ? undefined : await answered(db, delivery),
    sentAs: delivery.channel === 'slack' ? delivery.reference : undefined,
    mayHaveArrived: delivery.tries > 1,
    createdAt: delivery.createdAt,
  }
}

async function contextOf(db: Kysely<Tables>, { schedule, server }: Config): Promise<AlertContext> {
  const models = await listModels(db)
  const simulated = new Set(models.flatMap(({ name, providerKind }) => (providerKind === 'simulated' ? [name] : [])))
  return {
    timeZone: schedule.timeZone,
    dashboardUrl: server.url,
    isSimulated: (model) => simulated.has(model),
  }
}

async function messageOf(db: Kysely<Tables>, delivery: Delivery, at: Date, context: AlertContext): Promise<Message> {
  const { kind, cycleId, alertId } = delivery
  if (kind === 'trial') return trialMessage(at, context)
  if (kind === 'report') return reportMessage(await reportOf(db, cycleId ?? ''), context)
  const [alert] = await loadAlerts(db, [alertId ?? 0])
  if (alert === undefined) throw new Error(`The alert ${alertId} is not there.`)
  if (kind === 'reminder') return reminderMessage(alert, at, context)
  return kind === 'recovery' ? recoveryMessage(alert, endOf(alert), context) : alertMessage(alert, context)
}

/** All of the digest, also where only a part of it is due again. */
async function digestOf(db: Kysely<Tables>, key: string, now: Date, context: AlertContext): Promise<Message> {
  const deliveries = await listDeliveries(db, mostOfDigest, { sentWith: key })
  const alerts = await loadAlerts(
    db,
    deliveries.map(({ alertId }) => alertId ?? 0),
  )
  const told = deliveries.toReversed().flatMap(({ kind, alertId }) => {
    const alert = alerts.find(({ id }) => id === alertId)
    return alert === undefined ? [] : [toldAs(alert, kind)]
  })
  return digestMessage(told, now, context)
}

function toldAs(alert: Alert, kind: Delivery['kind']): ToldAlert {
  if (kind === 'reminder') return { ...alert, subject: `Still open: ${alert.subject}` }
  if (kind !== 'recovery') return alert
  return { ...alert, severity: 'info', subject: `Resolved: ${alert.subject}`, message: endOf(alert).message }
}

function endOf({ resolvedAt, resolution, raisedAt }: Alert): { at: Date; message: string } {
  return { at: resolvedAt ?? raisedAt, message: resolution ?? 'It is over.' }
}

/** Reminders and recoveries answer the message that told of the alert. */
async function answered(db: Kysely<Tables>, { kind, alertId, channel }: Delivery): Promise<string | undefined> {
  if ((kind !== 'reminder' && kind !== 'recovery') || alertId === undefined) return undefined
  const about = await deliveriesOfAlerts(db, [alertId])
  return about.find((each) => each.kind === 'alert' && each.channel === channel && each.status === 'sent')?.reference
}

async function reportOf(db: Kysely<Tables>, cycleId: string): Promise<CycleReport> {
  const cycle = await loadCycle(db, cycleId)
  if (cycle?.summary === undefined) throw new Error(`The cycle ${cycleId} has no report.`)
  const report = cycle.summary as unknown as CycleReport
  // Reports of earlier versions of the program have neither.
  return { ...report, notes: report.notes ?? [], costs: report.costs ?? null }
}
