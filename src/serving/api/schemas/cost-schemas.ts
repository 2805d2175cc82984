import * as z from 'zod'
import { count, dataset, day, evaluationId, interval, model, tier, usd } from './quantities.ts'

const knownUsd = z.number().min(0).describe('US dollars at list price.')
const unknownCalls = count.describe('Calls whose cost is not known; they count nothing.')
const tokens = z.number().min(0).nullable().describe('Tokens. Null: unknown.')

const month = z.object({
  month: z.string().meta({ description: 'Of UTC.', examples: ['2026-11'] }),
  spentUsd: z.object({ test: usd, live: usd, shadow: usd }),
  calls: count,
  soFarUsd: knownUsd,
  projectedUsd: usd.describe('US dollars, if the days to come are like the last seven. Null: unknown.'),
  interval: interval.describe('Of the projection, 95 %. Null: too little to tell.'),
  budgetUsd: usd.describe('US dollars a month. Null: there is no budget.'),
  withoutPrice: z.array(model).describe('Models that were called and are not counted.'),
})

const week = z.object({
  week: day.describe('Its Monday, UTC.'),
  models: z.array(z.object({ model, costUsd: usd, callsOfUnknownCost: unknownCalls })),
})

const row = z.object({
  tier: tier.nullable().describe('Null: the model was asked by its name.'),
  tierName: z.string().nullable(),
  purpose: z.enum(['test', 'live', 'shadow']),
  model,
  isSimulated: z.boolean(),
  calls: count,
  requests: count,
  inputTokens: tokens,
  outputTokens: tokens,
  costUsd: usd,
  callsOfUnknownCost: unknownCalls,
  hasPrice: z.boolean(),
})

export const costsSchema = z
  .object({
    at: z.iso.datetime().describe('ISO 8601, UTC.'),
    headline: z.string(),
    month,
    weeks: z.array(week).describe('The last 16, the one that goes on last.'),
    models: z.array(z.object({ model, number: count.describe('Its colour for life.'), isSimulated: z.boolean() })),
    rows: z.array(row).describe('Of this month.'),
  })
  .meta({ id: 'Costs', title: 'Costs', description: 'What testing and live requests cost.' })

/** What a month costs less than another may be below 0. */
const estimate = z.object({
  mean: z.number().describe('US dollars.'),
  interval: interval.describe('95 %. Null: fewer than 10 samples, or the tokens were given.'),
})

const shownPrice = z.object({
  inputUsdPer1k: knownUsd.optional().describe('US dollars of 1,000 tokens. Absent: unknown.'),
  outputUsdPer1k: knownUsd.optional().describe('US dollars of 1,000 tokens. Absent: unknown.'),
  usdPerHour: knownUsd.optional().describe('US dollars of the machine that computes it. Absent: none.'),
  asOf: day,
  source: z.string(),
})

const projectedModel = z.object({
  model,
  holdsSeat: z.boolean(),
  isSimulated: z.boolean(),
  isOnFreePlan: z.boolean().describe('Then its price is what one would pay without it.'),
  status: z.enum(['projected', 'price-unknown', 'use-unknown']),
  prices: z.array(
    z.object({
      from: day.nullable().describe('Null: from the beginning.'),
      price: shownPrice.nullable().describe('Null: unknown.'),
    }),
  ),
  samples: count.describe('On which it rests; 1 where every request is taken to be alike.'),
  tokensPerRequest: z.object({ input: z.number(), output: z.number() }).nullable().describe('Null: unknown.'),
  measured: z.object({ evaluation: evaluationId, dataset, on: day }).nullable().describe('Null: it never was.'),
  costUsd: z
    .object({ today: estimate, month: estimate, year: estimate, per1000: estimate })
    .nullable()
    .describe('US dollars at list price. Null: unknown.'),
  monthLessIncumbentUsd: estimate.nullable().describe('Below 0: it costs less. Null: nothing to compare.'),
  budget: z
    .object({
      month: z.enum(['within', 'over', 'uncertain']),
      overFrom: day.nullable().describe('From when a month costs more than the budget. Null: not within a year.'),
    })
    .nullable()
    .describe('Null: there is no budget, or no cost to hold against it.'),
})

export const projectionSchema = z
  .object({
    tier,
    tierName: z.string(),
    from: day,
    requestsPerDay: z.number(),
    growthPerMonth: z.number().describe('0.05: 5 % more a month.'),
    requests: z
      .object({ today: z.number(), month: z.number(), year: z.number() })
      .describe('A month is 30 days, a year 365.'),
    tokens: z.enum(['golden', 'live', 'given']).describe('Whose: of golden samples, of live requests, or as given.'),
    budgetUsdPerMonth: usd.describe('US dollars a month. Null: there is no budget.'),
    models: z.array(projectedModel).describe('The holder of the seat first, then by the cost of the month.'),
  })
  .meta({ id: 'CostProjection', title: 'Projection of costs', description: 'What requests of a tier would cost.' })
