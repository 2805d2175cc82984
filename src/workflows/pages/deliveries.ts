import { type Alert, listAlerts } from '../../database/alert-queries.ts'
import {
  type Delivery,
  type DeliveryColumn,
  listDeliveries,
  sortedDeliveries,
} from '../../database/delivery-queries.ts'
import type { ListSort, SortedAt } from '../../database/list-order.ts'
import { listSlots, type Slot } from '../../database/slot-queries.ts'
import type { Workspace } from '../workspace.ts'
import { deliveriesHeadline } from './deliveries-headline.ts'
import { iso } from './iso.ts'
import { listCursor, numberedPosition } from './list-position.ts'

/** What was due, what was sent, and what people were told. Times are ISO 8601; unknown is null. */
export interface DeliveriesPage {
  at: string
  headline: string
  /** The first one first. */
  upcoming: UpcomingSlot[]
  slots: SlotLine[]
  deliveries: DeliveryList
  /** Those that are open first, then the newest. */
  alerts: AlertEntry[]
  /** Where reports go: none, where nothing is configured. */
  channels: Delivery['channel'][]
}

export interface UpcomingSlot {
  /** `tier-1`, `report`, `send`, `discover`. */
  schedule: string
  dueAt: string
  /** `tier 1 (core) is evaluated` */
  words: string
}

export type SlotLine = Pick<Slot, 'schedule' | 'state' | 'tries'> & {
  dueAt: string
  startedAt: string | null
  finishedAt: string | null
  /** When it goes on, where it waits for a time. */
  notBefore: string | null
  cycle: string | null
  note: string | null
}

export interface DeliveryList {
  items: DeliveryLine[]
  /** Cursor of the page that follows; null: this is the last. */
  next: string | null
}

export type DeliveryLine = Pick<Delivery, 'id' | 'channel' | 'recipient' | 'kind' | 'status' | 'tries'> & {
  cycle: string | null
  alert: number | null
  subject: string | null
  nextTryAt: string | null
  lastError: string | null
  /** Addresses that the mail server refused. */
  refused: string[]
  createdAt: string
  sentAt: string | null
}

export type AlertEntry = Pick<Alert, 'id' | 'kind' | 'severity' | 'subject' | 'message'> & {
  tier: number | null
  model: string | null
  evaluation: string | null
  at: string
  isOpen: boolean
  resolvedAt: string | null
  resolution: string | null
}

const slotsShown = 16
const alertsShown = 20

/**
 * @param upcoming what the schedule does next
 * @throws UserError for a cursor that was not made here
 */
export async function loadDeliveriesPage(
  workspace: Workspace,
  upcoming: readonly UpcomingSlot[],
  request: ListRequest,
): Promise<DeliveriesPage> {
  const { config, database, clock } = workspace
  const slots = await loadSlots(workspace, slotsShown)
  const deliveries = await loadDeliveries(workspace, request)
  const isFirst = request.cursor === undefined && request.sort === undefined
  const newest = isFirst ? deliveries.items : (await loadDeliveries(workspace, firstPage)).items
  const channels = (['slack', 'email'] as const).filter((channel) => config.reports[channel] !== undefined)
  const now = clock.now()
  return {
    at: now.toISOString(),
    headline: deliveriesHeadline({
      now,
      slots,
      deliveries: newest,
      channels,
      upcoming: upcoming[0],
      timeZone: config.schedule.timeZone,
    }),
    upcoming: [...upcoming],
    slots,
    deliveries,
    alerts: await loadAlertEntries(database.db, alertsShown),
    channels,
  }
}

export interface ListRequest {
  /** Undefined: the newest first. */
  sort?: ListSort<DeliveryColumn> | undefined
  cursor: string | undefined
  limit: number
}

const firstPage: ListRequest = { cursor: undefined, limit: 20 }

/** The newest first, or in the order of a column. */
export async function loadDeliveries(
  { database: { db } }: Workspace,
  { sort, cursor, limit }: ListRequest,
): Promise<DeliveryList> {
  const after = numberedPosition(cursor, sort)
  const rows: (Delivery & { sortedAt?: SortedAt })[] =
    sort === undefined
      ? await listDeliveries(db, limit + 1, after === undefined ? {} : { beforeId: after.number })
      : await sortedDeliveries(db, sort, limit + 1, after && { at: after.at, id: after.number })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(deliveryLine),
    next:
      rows.length > limit && last !== undefined
        ? listCursor(sort, { at: last.sortedAt ?? null, rest: [last.id] })
        : null,
  }
}

export function deliveryLine(delivery: Delivery): DeliveryLine {
  const { id, channel, recipient, kind, status, tries, cycleId, alertId, subject, lastError, partlyRefused } = delivery
  return {
    id,
    channel,
    recipient,
    kind,
    status,
    tries,
    cycle: cycleId ?? null,
    alert: alertId ?? null,
    subject: subject ?? null,
    nextTryAt: iso(delivery.nextTryAt),
    lastError: lastError ?? null,
    refused: partlyRefused.map(({ address }) => address),
    createdAt: delivery.createdAt.toISOString(),
    sentAt: iso(delivery.sentAt),
  }
}

/** The newest first. @param before ISO time: only what was due earlier */
export async function loadSlots({ database: { db } }: Workspace, limit: number, before?: string): Promise<SlotLine[]> {
  const slots = await listSlots(db, limit, before === undefined ? undefined : new Date(before))
  return slots.map((slot) => ({
    schedule: slot.schedule,
    state: slot.state,
    tries: slot.tries,
    dueAt: slot.dueAt.toISOString(),
    startedAt: iso(slot.startedAt),
    finishedAt: iso(slot.finishedAt),
    notBefore: iso(slot.notBefore),
    cycle: slot.cycleId ?? null,
    note: slot.note ?? null,
  }))
}

/** Those that are open first. */
export async function loadAlertEntries(
  db: Workspace['database']['db'],
  limit: number,
  openOnly = false,
): Promise<AlertEntry[]> {
  const open = (await listAlerts(db, limit, { openOnly: true })).map((alert) => alertEntry(alert, true))
  if (openOnly) return open
  const known = new Set(open.map(({ id }) => id))
  const others = (await listAlerts(db, limit)).filter(({ id }) => !known.has(id))
  return [...open, ...others.map((alert) => alertEntry(alert, false))]
}

function alertEntry(alert: Alert, isOpen: boolean): AlertEntry {
  const { id, kind, severity, subject, message, tier, model, evaluationId, raisedAt, resolvedAt, resolution } = alert
  return {
    id,
    kind,
    severity,
    subject,
    message,
    tier: tier ?? null,
    model: model ?? null,
    evaluation: evaluationId ?? null,
    at: raisedAt.toISOString(),
    isOpen,
    resolvedAt: iso(resolvedAt),
    resolution: resolution ?? null,
  }
}
