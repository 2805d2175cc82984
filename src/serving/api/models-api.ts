import * as z from 'zod'
import { runColumns } from '../../database/model-page-queries.ts'
import { loadModelPage, loadModelRuns } from '../../workflows/pages/model.ts'
import { loadModelsPage } from '../../workflows/pages/models.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'

/** The registry, and what its models have done. */
export function modelsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  return [
    defineApi({
      method: 'GET',
      path: '/api/models',
      summary: 'All models: where they are served, what they cost, who holds a seat, who cannot be asked',
      response: z.object({ headline: z.string(), models: z.array(modelEntry) }),
      handle: () => loadModelsPage(workspace),
    }),
    defineApi({
      method: 'GET',
      path: '/api/models/{name}',
      summary: 'One model on all tiers, with its trends and prices',
      params: z.object({ name: z.string().describe('Name in the registry.') }),
      response: modelPage,
      handle: ({ params: { name } }) => loadModelPage(workspace, name),
    }),
    defineApi({
      method: 'GET',
      path: '/api/model-runs',
      summary: 'The runs of a model, the newest first or in the order of a column',
      query: runsQuery,
      response: pageOf(run),
      handle: ({ query }) => loadModelRuns(workspace, { model: query.model, ...runsRequest(query) }),
    }),
  ]
}

/** The page of a model takes the same, less the model. */
export const modelQuery = z.object({ ...pageQuery, ...sortQuery(runColumns) })

/** What is absent from the query is undefined. */
export function runsRequest({ sort, order, cursor, limit }: z.output<typeof modelQuery>) {
  return { sort: sortOf({ sort, order }), cursor, limit }
}

const runsQuery = modelQuery.extend({ model: z.string().describe('Name in the registry.') })

const number = z.number().nullable()
const time = z.string().describe('ISO 8601.')
const interval = z.tuple([z.number(), z.number()]).nullable().describe('95 %.')
const role = z.enum(['incumbent', 'challenger', 'baseline'])
const status = z.enum(['running', 'interrupted', 'completed', 'failed', 'invalid', 'dropped', 'locked'])

const price = z.object({
  inputUsdPer1k: number,
  outputUsdPer1k: number,
  cachedInputUsdPer1k: number,
  usdPerHour: number.describe('Of the machine that computes it.'),
  asOf: z.string().describe('ISO date.'),
  source: z.string(),
})

const modelEntry = z
  .object({
    model: z.string(),
    number: z.int().describe('From 0, in the order of registration: its colour for life.'),
    provider: z.string(),
    providerModelId: z.string(),
    placement: z.enum(['in-process', 'local', 'remote']),
    isBaseline: z.boolean(),
    isSimulated: z.boolean(),
    family: z.string().nullable(),
    pricingTier: z.string().nullable(),
    contextTokens: z.int().nullable(),
    price: price.nullable(),
    hasPrice: z.boolean(),
    tiers: z.array(z.int()).describe('That ask it.'),
    seats: z.array(z.int()).describe('That it holds.'),
    lastTested: time.nullable(),
    state: z.enum(['active', 'unavailable', 'retired']),
    notes: z.array(z.string()).describe('Why it cannot be asked, or is not compared on a tier.'),
    remedy: z.string().nullable(),
  })
  .meta({ id: 'Model' })

const trendPoint = z.object({
  at: time,
  evaluationId: z.string(),
  role,
  status,
  accuracy: number,
  accuracyCi95: interval,
  total: number,
  p50Ms: number,
  costUsdPerCall: number,
  changed: z.string().nullable().describe('What makes it incomparable with the evaluation before.'),
})

const modelPage = modelEntry
  .extend({
    headline: z.string(),
    standings: z.array(
      trendPoint.extend({
        tier: z.int(),
        tierName: z.string(),
        looks: z.object({ used: z.int(), most: z.int() }).nullable(),
        state: z.string(),
      }),
    ),
    trends: z.array(z.object({ tier: z.int(), tierName: z.string(), points: z.array(trendPoint) })),
    priceHistory: z.array(price.extend({ recordedAt: time })),
  })
  .meta({ id: 'ModelOnAllTiers' })

const run = z
  .object({
    id: z.string(),
    evaluationId: z.string(),
    tier: z.int(),
    dataset: z.string(),
    startedAt: time,
    role: role.nullable(),
    status,
    applies: z.boolean(),
    confirms: z.boolean().describe('Whether it only confirms a switch.'),
    calls: z.int().nullable(),
    failed: z.int().nullable(),
    accuracy: number,
    accuracyCi95: interval,
    p50Ms: number,
    costUsd: number,
  })
  .meta({ id: 'Run' })
