import type { ModelEntry } from './model-schema.ts'

/** A model that the configuration adds to the registry, or says more about. */
export interface ModelConfig {
  readonly name: string
  /** Name of a provider of the configuration. */
  readonly provider: string
  /** What the provider calls it. */
  readonly id: string
  readonly contextTokens: number | undefined
  readonly price: ModelPrice | undefined
  /** What the machine draws while it answers; undefined: what the provider says. */
  readonly watts: number | undefined
  readonly family: string | undefined
  readonly pricingTier: 'free' | 'paid' | undefined
  readonly capabilities: Readonly<Record<string, number>>
  readonly label: string | undefined
  readonly simulated: SimulatedModel | undefined
}

/** US dollars per 1,000 tokens; cached input without a price of its own costs as other input. */
export interface ModelPrice {
  readonly inputUsdPer1k: number
  readonly outputUsdPer1k: number
  readonly cachedInputUsdPer1k: number | undefined
  /** ISO date. */
  readonly asOf: string
  readonly source: string
}

export interface SimulatedModel {
  readonly errorRate: number
  readonly latencyMs: number
  readonly failureRate: number
  readonly tokens: { readonly input: number; readonly output: number }
}

export function completeModel(entry: ModelEntry): ModelConfig {
  const { name, provider, contextTokens, watts, family, pricingTier, label, price, simulated } = entry
  return {
    name,
    provider,
    id: entry.id ?? name,
    contextTokens,
    price: price && {
      ...price,
      cachedInputUsdPer1k: price.cachedInputUsdPer1k,
      source: price.source ?? 'incumbent.yaml',
    },
    watts,
    family,
    pricingTier,
    capabilities: entry.capabilities ?? {},
    label,
    simulated: simulated && {
      ...simulated,
      failureRate: simulated.failureRate ?? 0,
      tokens: simulated.tokens ?? { input: 1000, output: 300 },
    },
  }
}
