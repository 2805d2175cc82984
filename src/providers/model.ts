import type { ProviderKind } from './provider.ts'

/** An entry of the registry. */
export interface Model {
  /** Our unique name. */
  name: string
  /** Name of the provider in the configuration (`gemini`, `ollama`, `vllm`, …). */
  provider: string
  providerKind: ProviderKind
  /** What the provider calls it. */
  providerModelId: string
  baseUrl: string | undefined
  family: string | undefined
  /** The price plan ('free', 'paid'), called `tier` in the table. */
  pricingTier: 'free' | 'paid' | undefined
  /** `{ reasoning: 8, speed: 9, extraction: 10 }` and the like: the registry's words, never measurements. */
  capabilities: Record<string, number>
  contextTokens: number | undefined
  price: Price | undefined
  isActive: boolean
  /** When and why it was retired; undefined while it is active. */
  retired?: { at: Date; reason: string } | undefined
  /** Tiers it was added for; it takes part in their evaluations beside the candidates of the configuration. */
  tiers?: readonly number[]
}

/** List price of a model. A figure that is needed and undefined makes the cost unknown. */
export interface Price {
  inputUsdPer1k: number | undefined
  outputUsdPer1k: number | undefined
  cachedInputUsdPer1k: number | undefined
  /** Of the machine that computes it, while it does; calls at the same time share it. Absent: nothing. */
  usdPerHour?: number
  /** Day on which the price was read, ISO date. */
  asOf: string
  source: string
}

/** Models by their names, which are unique. */
export function byName(models: readonly Model[]): Map<string, Model> {
  return new Map(models.map((model) => [model.name, model]))
}
