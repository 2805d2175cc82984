import { notFound } from '../../api/api-error.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { PageContext } from '../page-context.ts'

/** The tier that a path names. @throws GatewayError 404 */
export function tierNumber(
  { workspace }: Pick<PageContext, 'workspace'>,
  { params }: Pick<Exchange, 'params'>,
): number {
  const known = workspace.config.tiers.map(({ id }) => id)
  const tier = known.find((id) => String(id) === params.tier)
  if (tier !== undefined) return tier
  throw notFound(`There is no tier ${params.tier}; there are ${known.join(', ')}.`)
}
