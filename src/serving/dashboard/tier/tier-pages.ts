import { UserError } from '../../../shared/user-error.ts'
import { tierPage } from '../../../workflows/pages/tier.ts'
import { asApiError, notFound } from '../../api/api-error.ts'
import { queryOf } from '../../api/read-api-request.ts'
import type { Exchange, Route } from '../../http/exchange.ts'
import { sendElsewhere } from '../../http/send.ts'
import type { PageContext } from '../page-context.ts'
import { sendPage } from '../send-page.ts'
import { actOnTier, confirmAction } from './action-pages.ts'
import { tierBody } from './tier-body.ts'
import { tierNumber } from './tier-number.ts'
import { chosenWeights } from './weights-section.ts'

/** A tier, and what a person can say about it: `/tiers/1`, `/tiers/1/approve`. */
export function tierPages(context: PageContext): Route[] {
  return [
    { method: 'GET', path: '/tiers', handle: (exchange) => toFirstTier(context, exchange) },
    { method: 'GET', path: '/tiers/{tier}', handle: (exchange) => showTier(context, exchange) },
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
  const query = queryOf(exchange.request.url ?? '/')
  const page = await tierPage(workspace, tier, text(query.cursor)).catch((error: unknown) => {
    throw asApiError(error)
  })
  const tiers = config.tiers.map(({ id, name }) => ({ id, name }))
  sendPage(context, exchange, {
    title: page.headline,
    path: `/tiers/${tier}`,
    isSimulated: page.seat.isSimulated,
    body: tierBody(page, {
      tiers,
      timeZone: config.schedule.timeZone,
      chosen: chosenWeights(query, page.weights),
      justDone: query.done !== undefined,
    }),
  })
}

function text(value: string | string[] | undefined): string | undefined {
  if (Array.isArray(value)) throw asApiError(new UserError('Expected one cursor, got several.'))
  return value
}
