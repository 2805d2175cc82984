import * as z from 'zod'
import { deliveryColumns, sendAgain } from '../../database/delivery-queries.ts'
import { scheduleState } from '../../scheduling/schedule-state.ts'
import { UserError } from '../../shared/user-error.ts'
import { deliveryLine, loadAlertEntries, loadDeliveries, loadSlots } from '../../workflows/pages/deliveries.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'
import { queryNumber } from './query-number.ts'
import { alertSchema, deliverySchema, slotsSchema } from './schemas/delivery-schemas.ts'

/** What was due, what was sent, and what people were told. */
export function deliveriesApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  const { database, clock } = workspace
  return [
    defineApi({
      method: 'GET',
      path: '/api/deliveries',
      summary: 'Messages to people, the newest first or in the order of a column',
      query: deliveriesQuery,
      response: pageOf(deliverySchema),
      handle: ({ query }) => loadDeliveries(workspace, deliveriesRequest(query)),
    }),
    defineApi({
      method: 'POST',
      path: '/api/deliveries/{id}/again',
      summary: 'Sends a message once more',
      description: 'One that was sent or given up; it is queued as a message of its own.',
      params: z.object({ id: deliveryId }),
      response: deliverySchema,
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
      response: slotsSchema,
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
      response: z.object({ alerts: z.array(alertSchema) }),
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
