import * as z from 'zod'
import { logColumns } from '../../database/assignment-log-queries.ts'
import { nextSlots } from '../../scheduling/next-slots.ts'
import { overviewPage } from '../../workflows/pages/overview.ts'
import { tierPage } from '../../workflows/pages/tier.ts'
import { sayOnTier, type TierActionName, tierActionNames } from '../../workflows/pages/tier-actions.ts'
import type { PageContext } from '../dashboard/page-context.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { sortOf, sortQuery } from './page-schema.ts'
import { tierParam } from './query-number.ts'
import { overviewSchema } from './schemas/overview-schema.ts'
import { model } from './schemas/quantities.ts'
import { saidSchema } from './schemas/rollout-schema.ts'
import { seatSchema } from './schemas/seat-schema.ts'
import { tierSchema } from './schemas/tier-schema.ts'

/** Of the record of the seat. */
export const logQuery = z.object({
  cursor: z.string().optional().describe('`next` of the page before, for the rest of the log.'),
  ...sortQuery(logColumns),
})

/** Where the tiers stand, and what a person can say about them. */
export function tiersApi(context: PageContext): ApiRoute[] {
  const { workspace } = context
  const params = z.object({ tier: tierParam })
  return [
    defineApi({
      method: 'GET',
      path: '/api/overview',
      summary: 'Where everything stands',
      response: overviewSchema,
      async handle() {
        const slots = nextSlots(workspace.config, workspace.clock.now())
        const next = slots.map(({ schedule, dueAt, words }) => ({ schedule, dueAt: dueAt.toISOString(), words }))
        return { ...(await overviewPage(workspace)), next }
      },
    }),
    defineApi({
      method: 'GET',
      path: '/api/tiers',
      summary: 'Every tier with its holder, its last verdict and what is on its way',
      response: z.array(seatSchema),
      handle: async () => (await overviewPage(workspace)).seats,
    }),
    defineApi({
      method: 'GET',
      path: '/api/tiers/{tier}',
      summary: 'One tier with its evidence and its record',
      params,
      query: logQuery,
      response: tierSchema,
      handle: ({ params: { tier }, query }) => tierPage(workspace, tier, { sort: sortOf(query), cursor: query.cursor }),
    }),
    ...tierActionNames.map((action) => actionRoute(context, action)),
  ]
}

const summaries: Record<TierActionName, string> = {
  approve: 'Let a proposal start, a proven challenger serve users, or what is paused or in an incident go on',
  pause: 'Stop a rollout for now: the incumbent answers every request until somebody approves',
  reject: 'End a rollout and lock its challenger',
  abort: 'End a rollout; the next verdict may open it again',
  pin: 'Keep the model that holds a seat there: nothing moves by itself',
  unpin: 'Take the pin of a tier away',
  assign: 'Give a seat to a model at once, whatever the evidence says',
  rollback: 'End what is on its way and lock its challenger; without a rollout the last good model comes back',
}

function actionRoute({ workspace, refreshRoutes }: PageContext, action: TierActionName): ApiRoute {
  const example = { by: 'Maria', reason: 'half the price, and quick enough' }
  const saying = z.object({
    by: z.string().optional().describe('Who says it; without it the name of the token.'),
    reason: z.string().default('').describe('Why; kept in the record of the seat.'),
  })
  const assigning = saying.extend({ model }).meta({ examples: [{ ...example, model: 'gemini-2.0-flash-001' }] })
  return defineApi({
    method: 'POST',
    path: `/api/tiers/{tier}/${action}`,
    summary: summaries[action],
    params: z.object({ tier: tierParam }),
    body: action === 'assign' ? assigning : saying.meta({ examples: [example] }),
    response: saidSchema,
    async handle({ params: { tier }, body, exchange }) {
      const { by = exchange.caller ?? '', reason } = body
      const chosen = 'model' in body ? String(body.model) : undefined
      const said = await sayOnTier(workspace, tier, action, { by, reason, model: chosen })
      await refreshRoutes()
      return said
    },
  })
}
