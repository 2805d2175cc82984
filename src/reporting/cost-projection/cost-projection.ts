/** What is asked: so many requests of a tier a day, and what that costs with each of its models. */
export interface CostQuestion {
  tier: number
  tierName: string
  /** The first day, an ISO date in UTC. */
  from: string
  requestsPerDay: number
  /** 0.05: 5 % more a month, day by day. Above −1. */
  growthPerMonth: number
  /** Tokens of every request, where a person gives them; undefined: as they were measured. */
  tokens: { input: number; output: number } | undefined
  budgetUsdPerMonth: number | undefined
  models: readonly ModelFacts[]
}

/** What is known of a model, and what it was measured to use. */
export interface ModelFacts {
  model: string
  holdsSeat: boolean
  isSimulated: boolean
  /** On a free plan its price is what one would pay without it. */
  isOnFreePlan: boolean
  /** The first holds from the beginning; each later one from its day. At least one. */
  prices: readonly PriceFrom[]
  /** One for each sample that it answered in the evaluation in which it was last measured; empty: it never was. */
  use: readonly CallUse[]
  measured: Measurement | undefined
  /** Mean tokens of its newest live answers; undefined: too few. */
  live: { inputTokens: number; outputTokens: number } | undefined
}

export interface Measurement {
  evaluation: string
  /** `job-analysis@v1` */
  dataset: string
  /** ISO date. */
  on: string
}

export interface PriceFrom {
  /** ISO date in UTC; empty for the first. */
  from: string
  price: ShownPrice | undefined
  /** US dollars of a call; undefined when a figure that is needed is unknown. */
  costOf: (use: CallUse) => number | undefined
}

export interface ShownPrice {
  inputUsdPer1k: number | undefined
  outputUsdPer1k: number | undefined
  /** Of the machine that computes it. */
  usdPerHour?: number
  /** ISO date. */
  asOf: string
  source: string
}

/** What a call uses, the mean over the repeats of a sample. Undefined is unknown. */
export interface CallUse {
  sample: string
  inputTokens: number | undefined
  cachedInputTokens: number | undefined
  outputTokens: number | undefined
  /** How long it keeps a machine busy that no other call shares. */
  machineMs: number | undefined
}

/** The answer. Amounts are US dollars at list price; unknown is null. */
export interface CostProjection {
  tier: number
  tierName: string
  from: string
  requestsPerDay: number
  growthPerMonth: number
  requests: Record<Horizon, number>
  /** Whose tokens: of the golden samples, of these at the level of live requests, or as given. */
  tokens: TokenSource
  budgetUsdPerMonth: number | null
  /** The holder of the seat first, then by the cost of the month; unknown last. */
  models: ModelProjection[]
}

/** A month is 30 days, a year 365. */
export type Horizon = 'today' | 'month' | 'year'
export type TokenSource = 'golden' | 'live' | 'given'

export interface ModelProjection {
  model: string
  holdsSeat: boolean
  isSimulated: boolean
  isOnFreePlan: boolean
  status: 'projected' | 'price-unknown' | 'use-unknown'
  /** The price of the first day, which has no day of its own unless it was given one, and those that follow. */
  prices: { from: string | null; price: ShownPrice | null }[]
  /** On which the figures rest; 1 where every request is taken to be alike. */
  samples: number
  tokensPerRequest: { input: number; output: number } | null
  measured: Measurement | null
  costUsd: Record<Horizon | 'per1000', Estimate> | null
  /** Its month less that of the holder of the seat, on the samples that both answered. */
  monthLessIncumbentUsd: Estimate | null
  budget: BudgetStanding | null
}

export interface Estimate {
  mean: number
  /** Of 95 %, from the spread between samples; null with fewer than 10, or where tokens are given. */
  interval: [number, number] | null
}

export interface BudgetStanding {
  month: 'within' | 'over' | 'uncertain'
  /** The first day of the year from which a month at its rate costs more than the budget; null: none. */
  overFrom: string | null
}
