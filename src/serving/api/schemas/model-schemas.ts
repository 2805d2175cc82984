import * as z from 'zod'
import {
  accuracy,
  count,
  dataset,
  day,
  evaluationId,
  interval,
  milliseconds,
  model,
  points,
  role,
  tier,
  time,
  usd,
} from './quantities.ts'
import { runStatus } from './run-schema.ts'

const usdPer1k = usd.describe('US dollars of 1,000 tokens. Null: unknown.')

const price = z.object({
  inputUsdPer1k: usdPer1k,
  outputUsdPer1k: usdPer1k,
  cachedInputUsdPer1k: usdPer1k.describe('US dollars of 1,000 tokens. Null: as other input.'),
  usdPerHour: usd.describe('US dollars of the machine that computes it. Null: none.'),
  asOf: day,
  source: z.string(),
})

export const modelSchema = z
  .object({
    model,
    number: count.describe('From 0, in the order of registration: its colour for life.'),
    provider: z.string().describe('Its name in the configuration.'),
    providerModelId: z.string().describe('The provider’s own name of the model.'),
    placement: z.enum(['in-process', 'local', 'remote']),
    isBaseline: z.boolean().describe('A floor made of rules, which never holds a seat.'),
    isSimulated: z.boolean(),
    family: z.string().nullable().describe('Null: unknown.'),
    pricingTier: z
      .string()
      .nullable()
      .meta({ description: 'Null: unknown.', examples: ['free', 'paid'] }),
    contextTokens: count.nullable().describe('Tokens of prompt and answer together. Null: unknown.'),
    price: price.nullable().describe('Null: unknown, or it costs nothing.'),
    hasPrice: z.boolean().describe('Whether what it costs is known.'),
    tiers: z.array(tier).describe('That ask it.'),
    seats: z.array(tier).describe('That it holds.'),
    lastTested: time.nullable().describe('Null: never.'),
    state: z.enum(['active', 'unavailable', 'retired']),
    notes: z.array(z.string()).describe('Why it cannot be asked, or is not compared on a tier.'),
    remedy: z.string().nullable().describe('What a person can do. Null: nothing.'),
  })
  .meta({ id: 'Model', title: 'Model', description: 'An entry of the registry.' })

const trendPoint = z.object({
  at: time,
  evaluationId,
  role,
  status: runStatus,
  accuracy,
  accuracyCi95: interval,
  total: points,
  p50Ms: milliseconds.describe('Milliseconds of the middle answer. Null: unknown.'),
  costUsdPerCall: usd,
  changed: z.string().nullable().describe('What makes it incomparable with the evaluation before. Null: nothing.'),
})

const looks = z.object({ used: count, most: count })

export const modelPageSchema = modelSchema
  .extend({
    headline: z.string(),
    standings: z
      .array(
        trendPoint.extend({
          tier,
          tierName: z.string(),
          looks: looks.nullable().describe('Comparisons with the incumbent in this epoch. Null: it is no challenger.'),
          state: z.string().describe('For people.'),
        }),
      )
      .describe('Its last run on each tier.'),
    trends: z.array(z.object({ tier, tierName: z.string(), points: z.array(trendPoint) })),
    priceHistory: z.array(price.extend({ recordedAt: time })),
  })
  .meta({ id: 'ModelOnAllTiers', title: 'Model on all tiers', description: 'With its trends and prices.' })

export const runLineSchema = z
  .object({
    id: z.uuid().describe('Of the run.'),
    evaluationId,
    tier,
    dataset,
    startedAt: time,
    role: role.nullable().describe('Null: unknown.'),
    status: runStatus,
    applies: z.boolean().describe('False: a trial from which nothing follows.'),
    confirms: z.boolean().describe('Whether it only confirms a switch.'),
    calls: count.nullable().describe('Null: unknown.'),
    failed: count.nullable().describe('Calls. Null: unknown.'),
    accuracy,
    accuracyCi95: interval,
    p50Ms: milliseconds.describe('Milliseconds of the middle answer. Null: unknown.'),
    costUsd: usd,
  })
  .meta({ id: 'Run', title: 'Run', description: 'One model over one dataset version for one tier.' })
