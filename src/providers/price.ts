import type { Model, Price } from './model.ts'
import { placementOf } from './placement.ts'
import priceList from './price-list.json' with { type: 'json' }
import type { Usage } from './provider.ts'

const listed: Record<
  string,
  { inputUsdPer1k: number; outputUsdPer1k: number; cachedInputUsdPer1k?: number; asOf: string; source: string }
> = priceList.models

/** The vendor's list price of a model, with its date and source; undefined when the list does not have it. */
export function listPrice(providerModelId: string): Price | undefined {
  const entry = listed[providerModelId]
  return entry === undefined ? undefined : { ...entry, cachedInputUsdPer1k: entry.cachedInputUsdPer1k }
}

/** The price that counts for a model: its own (registry or configuration), else the vendor's list price. */
export function priceOf(model: Model): Price | undefined {
  return model.price ?? listPrice(model.providerModelId)
}

/**
 * What one call costs at list price, in US dollars; also on a free plan ("paid equivalent").
 * Undefined when a figure that is needed is unknown: the price, or a token count that has a price above 0.
 */
export function costOf(model: Model, usage: Usage): number | undefined {
  const price = priceOf(model)
  if (price === undefined) return runsOnPaidHardware(model) ? 0 : undefined
  const cached = usage.cachedInputTokens ?? 0
  const fresh = usage.inputTokens === undefined ? undefined : usage.inputTokens - cached
  const parts = [
    priced(fresh, price.inputUsdPer1k),
    priced(cached, price.cachedInputUsdPer1k ?? price.inputUsdPer1k),
    priced(usage.outputTokens, price.outputUsdPer1k),
  ]
  return parts.some((part) => part === undefined)
    ? undefined
    : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
}

/** A baseline and a local model cost nothing per call. */
function runsOnPaidHardware(model: Model): boolean {
  return model.providerKind === 'rules' || placementOf(model) === 'local'
}

function priced(tokens: number | undefined, usdPer1k: number | undefined): number | undefined {
  if (usdPer1k === 0 || tokens === 0) return 0
  return tokens === undefined || usdPer1k === undefined ? undefined : (tokens / 1000) * usdPer1k
}
