import type { Model, Price } from './model.ts'
import { placementOf } from './placement.ts'
import priceList from './price-list.json' with { type: 'json' }
import type { Usage } from './provider.ts'

/** How long a call kept the machine of its model busy. */
export interface Computing {
  ms: number
  /** Calls that share the machine at that time. */
  sharedBy: number
}

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
 * Undefined when a figure that is needed is unknown: the price, or a token count or time that has a price above 0.
 */
export function costOf(model: Model, usage: Usage, computing?: Computing): number | undefined {
  const price = priceOf(model)
  if (price === undefined) return runsOnPaidHardware(model) ? 0 : undefined
  const cached = usage.cachedInputTokens ?? 0
  const fresh = usage.inputTokens === undefined ? undefined : usage.inputTokens - cached
  const parts = [
    priced(fresh, price.inputUsdPer1k),
    priced(cached, price.cachedInputUsdPer1k ?? price.inputUsdPer1k),
    priced(usage.outputTokens, price.outputUsdPer1k),
    computed(computing, price.usdPerHour),
  ]
  return parts.some((part) => part === undefined)
    ? undefined
    : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
}

/** A baseline and, without a price for its electricity, a local model cost nothing per call. */
function runsOnPaidHardware(model: Model): boolean {
  return model.providerKind === 'rules' || placementOf(model) === 'local'
}

function priced(tokens: number | undefined, usdPer1k: number | undefined): number | undefined {
  if (usdPer1k === 0 || tokens === 0) return 0
  return tokens === undefined || usdPer1k === undefined ? undefined : (tokens / 1000) * usdPer1k
}

const hourMs = 3_600_000

function computed(computing: Computing | undefined, usdPerHour = 0): number | undefined {
  if (usdPerHour === 0) return 0
  return computing === undefined ? undefined : (usdPerHour * computing.ms) / hourMs / computing.sharedBy
}
