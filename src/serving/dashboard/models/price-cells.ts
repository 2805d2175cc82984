import { money } from '../../../shared/format-number.ts'
import type { ModelEntry, ModelPrice } from '../../../workflows/pages/models.ts'

/** Price of 1,000 tokens in and out; of a local model what its electricity costs. */
export function priceCells({ price, hasPrice }: Pick<ModelEntry, 'price' | 'hasPrice'>): [string, string] {
  if (price === null) return hasPrice ? ['$0', '$0'] : ['price unknown', 'price unknown']
  if (price.usdPerHour !== null) return [`${money(price.usdPerHour)} an hour`, 'electricity']
  return [figure(price.inputUsdPer1k), figure(price.outputUsdPer1k)]
}

function figure(usd: ModelPrice['inputUsdPer1k']): string {
  return usd === null ? 'price unknown' : `$${usd}`
}
