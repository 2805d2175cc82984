import * as z from 'zod'
import { tierPage } from '../../../workflows/pages/tier.ts'
import { notFound } from '../../api/api-error.ts'
import { sortOf } from '../../api/page-schema.ts'
import { logQuery } from '../../api/tiers-api.ts'
import type { Exchange, Route } from '../../http/exchange.ts'
import { sendElsewhere } from '../../http/send.ts'
import type { PageContext } from '../page-context.ts'
import { page, queryOfPage } from '../page-request.ts'
import { sendPage } from '../send-page.ts'
import { actOnTier, confirmAction } from './action-pages.ts'
import { tierBody } from './tier-body.ts'
import { tierNumber } from './tier-number.ts'
import { chosenWeights } from './weights-section.ts'

/** A tier, and what a person can say about it: `/tiers/1`, `/tiers/1/approve`. */
export function tierPages(context: PageContext): Route[] {
  return [
    { method: 'GET', path: '/tiers', handle: (exchange) => toFirstTier(context, exchange) },
    page('/tiers/{tier}', (exchange) => showTier(context, exchange)),
    { method: 'GET', path: '/tiers/{tier}/{action}', handle: (exchange) => confirmAction(context, exchange) },
    { method: 'POST', path: '/tiers/{tier}/{action}', handle: (exchange) => actOnTier(context, exchange) },
  ]
}

function toFirstTier({ workspace }: PageContext, { response }: Exchange): void {
  const [first] = workspace.config.tiers
  if (first === undefined) throw notFound('There is no tier: the configuration sets all of them to none.')
  sendElsewhere(response, `/tiers/${first.id}`)
}

async function showTier(context: PageContext, exchange: Exchange): Promise<void> {
  const { workspace } = context
  const { config } = workspace
  const tier = tierNumber(context, exchange)
  const query = await queryOfPage(exchange, tierQuery)
  const sort = sortOf(query)
  const shown = await tierPage(workspace, tier, { sort, cursor: query.cursor })
  const tiers = config.tiers.map(({ id, name }) => ({ id, name }))
  sendPage(context, exchange, {
    title: shown.headline,
    path: `/tiers/${tier}`,
    isSimulated: shown.seat.isSimulated,
    body: tierBody(shown, {
      tiers,
      timeZone: config.schedule.timeZone,
      chosen: chosenWeights(query, shown.weights),
      justDone: query.done !== undefined,
      url: exchange.request.url ?? `/tiers/${tier}`,
      sort,
    }),
  })
}

/** The log, the sliders as the form sends them, and what the reader has just done. */
const tierQuery = logQuery.extend({
  accuracy: z.string().optional(),
  speed: z.string().optional(),
  cost: z.string().optional(),
  done: z.string().optional(),
})
