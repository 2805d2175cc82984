import * as z from 'zod'
import { alertKinds } from '../../database/alert-queries.ts'
import { deliveryChannels, deliveryColumns, sendAgain } from '../../database/delivery-queries.ts'
import { scheduleState } from '../../scheduling/schedule-state.ts'
import { UserError } from '../../shared/user-error.ts'
import { deliveryLine, loadAlertEntries, loadDeliveries, loadSlots } from '../../workflows/pages/deliveries.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'
import { queryNumber } from './query-number.ts'

/** What was due, what was sent, and what people were told. */
export function deliveriesApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  const { database, clock } = workspace
  return [
    defineApi({
      method: 'GET',
      path: '/api/deliveries',
      summary: 'Messages to people, the newest first or in the order of a column',
      query: deliveriesQuery,
      response: pageOf(delivery),
      handle: ({ query }) => loadDeliveries(workspace, deliveriesRequest(query)),
    }),
    defineApi({
      method: 'POST',
      path: '/api/deliveries/{id}/again',
      summary: 'Sends a message once more',
      description: 'One that was sent or given up; it is queued as a message of its own.',
      params: z.object({ id: deliveryId }),
      response: delivery,
      handle: async ({ params: { id } }) => deliveryLine(await queuedAgain(workspace, id)),
    }),
    defineApi({
      method: 'GET',
      path: '/api/slots',
      summary: 'What was due, the newest first, and what is due next',
      query: z.object({
        before: z.iso.datetime({ offset: true }).optional().describe('ISO 8601: only what was due earlier.'),
        limit: pageQuery.limit,
      }),
      response: z.object({ timeZone: z.string(), upcoming: z.array(upcoming), slots: z.array(slot) }),
      handle: async ({ query: { before, limit } }) => {
        const { timeZone, next } = await scheduleState(workspace)
        return { timeZone, upcoming: next, slots: await loadSlots(workspace, limit, before) }
      },
    }),
    defineApi({
      method: 'GET',
      path: '/api/alerts',
      summary: 'What people should know of: what is open first, then the newest',
      query: z.object({
        open: z.enum(['true', 'false']).optional().describe('true: only what is not over.'),
        limit: pageQuery.limit,
      }),
      response: z.object({ alerts: z.array(alert) }),
      handle: async ({ query: { open, limit } }) => ({
        alerts: await loadAlertEntries(database.db, limit, open === 'true'),
      }),
    }),
  ]

  async function queuedAgain({ database: { db } }: Workspace, id: number) {
    const again = await sendAgain(db, id, clock.now())
    if (again !== undefined) return again
    throw new UserError(`Expected a message that was sent or given up, and there is none of the number ${id}.`)
  }
}

export const deliveriesQuery = z.object({
  ...pageQuery,
  ...sortQuery(deliveryColumns),
  limit: queryNumber(z.int().min(1).max(200)).default(20).describe('Most entries of the page.'),
})

/** What is absent from the query is undefined. */
export function deliveriesRequest({ sort, order, cursor, limit }: z.output<typeof deliveriesQuery>) {
  return { sort: sortOf({ sort, order }), cursor, limit }
}

const deliveryId = queryNumber(z.int().min(1)).describe('Of the delivery.')

const time = z.string().describe('ISO 8601.')

const delivery = z
  .object({
    id: z.int(),
    channel: z.enum(deliveryChannels),
    recipient: z.string(),
    kind: z.enum(['report', 'alert', 'reminder', 'recovery', 'trial']),
    status: z.enum(['waiting', 'sending', 'sent', 'failed']).describe('failed: given up.'),
    tries: z.int(),
    cycle: z.string().nullable(),
    alert: z.int().nullable(),
    subject: z.string().nullable(),
    nextTryAt: time.nullable(),
    lastError: z.string().nullable(),
    refused: z.array(z.string()).describe('Addresses that the mail server refused.'),
    createdAt: time,
    sentAt: time.nullable(),
  })
  .meta({ id: 'Delivery' })

const upcoming = z.object({ schedule: z.string(), dueAt: time, words: z.string() })

const slot = z
  .object({
    schedule: z.string().describe('`tier-1`, `report`, `send`, `discover`.'),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
    tries: z.int(),
    dueAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    notBefore: time.nullable(),
    cycle: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Slot' })

const alert = z
  .object({
    id: z.int(),
    kind: z.enum(alertKinds),
    severity: z.enum(['info', 'warning', 'critical']),
    subject: z.string(),
    message: z.string(),
    tier: z.int().nullable(),
    model: z.string().nullable(),
    evaluation: z.string().nullable(),
    at: time,
    isOpen: z.boolean(),
    resolvedAt: time.nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'Alert' })
