import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely'
import { type ListSort, listOrder, moment, numeric, type SortedAt, type SortValue, textual } from './list-order.ts'
import type { Tables } from './tables.ts'

export const deliveryChannels = ['slack', 'email'] as const
export type DeliveryChannel = (typeof deliveryChannels)[number]

/** `failed`: given up. */
export type DeliveryStatus = 'waiting' | 'sending' | 'sent' | 'failed'

/** An address that the mail server refused. */
export interface RefusedAddress {
  address: string
  /** What the server said. */
  answer: string
  /** False: another try may succeed. */
  isFinal: boolean
}

/** One message on one channel. */
export interface Delivery {
  id: number
  key: string
  channel: DeliveryChannel
  /** Slack channel, or e-mail addresses separated by commas. */
  recipient: string
  kind: 'report' | 'alert' | 'reminder' | 'recovery' | 'trial'
  cycleId: string | undefined
  alertId: number | undefined
  /** Undefined until it was tried. */
  subject: string | undefined
  status: DeliveryStatus
  tries: number
  /** While it is being sent: when another process may take it over. Undefined when it is done. */
  nextTryAt: Date | undefined
  /** Why the last try failed, or what of the message could not be sent. */
  lastError: string | undefined
  /** What the receiving server calls it: channel and ts of Slack with a slash between, or the Message-ID. */
  reference: string | undefined
  partlyRefused: RefusedAddress[]
  /** Key of the message that told of several alerts at once. */
  sentWith: string | undefined
  createdAt: Date
  sentAt: Date | undefined
}

export type NewDelivery = Pick<Delivery, 'key' | 'channel' | 'recipient' | 'kind' | 'createdAt'> & {
  cycleId?: string | undefined
  alertId?: number | undefined
}

/** Queues messages that are due at once; those whose key is there already stay as they are. Returns the new ones. */
export async function insertDeliveries(db: Kysely<Tables>, deliveries: readonly NewDelivery[]): Promise<Delivery[]> {
  if (deliveries.length === 0) return []
  const rows = await db
    .insertInto('deliveries')
    .values(
      deliveries.map(({ key, channel, recipient, kind, cycleId, alertId, createdAt }) => ({
        key,
        channel,
        recipient,
        kind,
        cycle_id: cycleId ?? null,
        alert_id: alertId ?? null,
        status: 'waiting',
        next_try_at: createdAt,
        created_at: createdAt,
      })),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returningAll()
    .execute()
  return rows.map(toDelivery)
}

/** The newest first. */
export async function listDeliveries(
  db: Kysely<Tables>,
  limit: number,
  only: {
    status?: DeliveryStatus
    cycleId?: string
    keys?: readonly string[]
    sentWith?: string
    beforeId?: number
  } = {},
): Promise<Delivery[]> {
  let query = db.selectFrom('deliveries').selectAll().orderBy('id', 'desc').limit(limit)
  if (only.status !== undefined) query = query.where('status', '=', only.status)
  if (only.cycleId !== undefined) query = query.where('cycle_id', '=', only.cycleId)
  if (only.keys !== undefined) query = query.where('key', 'in', only.keys)
  if (only.sentWith !== undefined) query = query.where('sent_with', '=', only.sentWith)
  if (only.beforeId !== undefined) query = query.where('id', '<', only.beforeId)
  return (await query.execute()).map(toDelivery)
}

export const deliveryColumns = ['queued', 'what', 'to', 'state', 'tries'] as const
export type DeliveryColumn = (typeof deliveryColumns)[number]

const sortValues: Record<DeliveryColumn, SortValue> = {
  queued: moment(sql`created_at`),
  what: textual(sql`kind || ' ' || coalesce(subject, '')`),
  to: textual(sql`channel || ' ' || recipient`),
  state: textual(sql`status`),
  tries: numeric(sql`tries`),
}

/** In the order of a column, those that are the same there the newest first. @param after the entry before the page */
export async function sortedDeliveries(
  db: Kysely<Tables>,
  { column, isDescending }: ListSort<DeliveryColumn>,
  limit: number,
  after: { at: SortedAt; id: number } | undefined,
): Promise<(Delivery & { sortedAt: SortedAt })[]> {
  const position = after === undefined ? undefined : { at: after.at, ties: sql`id < ${after.id}` }
  const { where, orderBy } = listOrder(sortValues[column], isDescending, position)
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .select(sql<SortedAt>`${sortValues[column].value}`.as('sorted_at'))
    .where(where)
    .orderBy(orderBy)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...toDelivery(row), sortedAt: row.sorted_at }))
}

/** What was queued for these alerts, the oldest first. */
export async function deliveriesOfAlerts(db: Kysely<Tables>, alertIds: readonly number[]): Promise<Delivery[]> {
  if (alertIds.length === 0) return []
  const rows = await db.selectFrom('deliveries').selectAll().where('alert_id', 'in', alertIds).orderBy('id').execute()
  return rows.map(toDelivery)
}

/**
 * Queues a message once more that was sent or given up, as a person asked for it. Its key gets a suffix with the time, as
 * the message that went out before stays what it is.
 * @returns undefined where there is none, or it is under way
 */
export async function sendAgain(db: Kysely<Tables>, id: number, now: Date): Promise<Delivery | undefined> {
  const again = await db
    .insertInto('deliveries')
    .columns(['key', 'channel', 'recipient', 'kind', 'cycle_id', 'alert_id', 'status', 'next_try_at', 'created_at'])
    .expression((query) =>
      query
        .selectFrom('deliveries')
        .select((row) => [
          sql<string>`${row.ref('key')} || ${` again ${now.toISOString()}`}`.as('key'),
          'channel',
          'recipient',
          'kind',
          'cycle_id',
          'alert_id',
          sql.lit('waiting').as('status'),
          sql<Date>`${now}::timestamptz`.as('next_try_at'),
          sql<Date>`${now}::timestamptz`.as('created_at'),
        ])
        .where('id', '=', id)
        .where('status', 'in', ['sent', 'failed']),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returningAll()
    .executeTakeFirst()
  return again === undefined ? undefined : toDelivery(again)
}

export interface DeliveryBacklog {
  waiting: number
  /** When the oldest of these was queued; undefined: none waits. */
  oldest: Date | undefined
}

/** What is queued and not sent yet, by channel; a channel without any is missing. */
export async function deliveryBacklog(db: Kysely<Tables>): Promise<Map<DeliveryChannel, DeliveryBacklog>> {
  const rows = await db
    .selectFrom('deliveries')
    .select((row) => ['channel', row.fn.countAll().as('waiting'), row.fn.min('created_at').as('oldest')])
    .where(isUnfinished)
    .groupBy('channel')
    .execute()
  return new Map(
    rows.map(({ channel, waiting, oldest }) => [
      channel as DeliveryChannel,
      { waiting: Number(waiting), oldest: oldest ?? undefined },
    ]),
  )
}

/** It is queued and not done. */
export function isUnfinished(row: ExpressionBuilder<Tables, 'deliveries'>) {
  return row('status', 'in', ['waiting', 'sending'])
}

export function toDelivery(row: Selectable<Tables['deliveries']>): Delivery {
  return {
    id: row.id,
    key: row.key,
    channel: row.channel as DeliveryChannel,
    recipient: row.recipient,
    kind: row.kind as Delivery['kind'],
    cycleId: row.cycle_id ?? undefined,
    alertId: row.alert_id ?? undefined,
    subject: row.subject ?? undefined,
    status: row.status as DeliveryStatus,
    tries: row.tries,
    nextTryAt: row.next_try_at ?? undefined,
    lastError: row.last_error ?? undefined,
    reference: row.reference ?? undefined,
    partlyRefused: row.partly_refused,
    sentWith: row.sent_with ?? undefined,
    createdAt: row.created_at,
    sentAt: row.sent_at ?? undefined,
  }
}
