import type { Price } from '../../../src/providers/model.ts'
import { costOf } from '../../../src/providers/price.ts'
import type {
  CallUse,
  CostQuestion,
  ModelFacts,
  PriceFrom,
} from '../../../src/reporting/cost-projection/cost-projection.ts'
import { exampleModel } from '../../support/example-evaluation.ts'

/** By the formula of the providers, which projections use. */
export function priceFrom(figures: Partial<Price> | undefined, from = ''): PriceFrom {
  const price = figures && {
    inputUsdPer1k: undefined,
    outputUsdPer1k: undefined,
    cachedInputUsdPer1k: undefined,
    asOf: '2026-11-01',
    source: 'page',
    ...figures,
  }
  const model = exampleModel({ baseUrl: 'https://models.example.com/v1', price })
  return {
    from,
    price,
    costOf: ({ machineMs, ...tokens }) =>
      costOf(
        model,
        { ...tokens, reasoningTokens: undefined },
        machineMs === undefined ? undefined : { ms: machineMs, sharedBy: 1 },
      ),
  }
}

/** The same use for every sample. */
export function evenly(samples: number, use: Partial<CallUse> = {}): CallUse[] {
  return Array.from({ length: samples }, (_, index) => ({
    sample: `s${index}`,
    inputTokens: 1000,
    cachedInputTokens: undefined,
    outputTokens: 300,
    machineMs: 900,
    ...use,
  }))
}

export function exampleFacts(overrides: Partial<ModelFacts> = {}): ModelFacts {
  return {
    model: 'flash',
    holdsSeat: true,
    isSimulated: false,
    isOnFreePlan: false,
    prices: [priceFrom({ inputUsdPer1k: 0.0001, outputUsdPer1k: 0.0004 })],
    use: evenly(12),
    measured: { evaluation: 'e1', dataset: 'job-analysis@v1', on: '2026-11-15' },
    live: undefined,
    ...overrides,
  }
}

export function exampleQuestion(overrides: Partial<CostQuestion> = {}): CostQuestion {
  return {
    tier: 1,
    tierName: 'core',
    from: '2026-11-22',
    requestsPerDay: 5000,
    growthPerMonth: 0,
    tokens: undefined,
    budgetUsdPerMonth: undefined,
    models: [exampleFacts()],
    ...overrides,
  }
}
