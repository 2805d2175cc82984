import * as z from 'zod'
import { type PriceChange, priceChangeFrom, priceExample } from '../../reporting/cost-projection/price-change.ts'
import { UserError } from '../../shared/user-error.ts'
import { loadCostsPage } from '../../workflows/pages/costs.ts'
import { type CostRequest, projectTierCosts } from '../../workflows/project-tier-costs.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { queryNumber, tierParam } from './query-number.ts'
import { costsSchema, projectionSchema } from './schemas/cost-schemas.ts'

/** What costs, and what requests would cost. */
export function costsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  return [
    defineApi({
      method: 'GET',
      path: '/api/costs',
      summary: 'What testing and live requests cost',
      description: 'This month with its projection, and the last 16 weeks.',
      response: costsSchema,
      handle: () => loadCostsPage(workspace),
    }),
    defineApi({
      method: 'GET',
      path: '/api/costs/projection',
      summary: 'What the requests of a tier would cost with each of its models',
      description: 'As `incumbent cost --json`: today, in the next 30 days and in the next 365.',
      query: costQuery,
      response: z.array(projectionSchema),
      handle: ({ query }) => projectTierCosts(workspace, costRequest(workspace, query)),
    }),
  ]
}

const usd = z.number().min(0)
const priceText = z
  .string()
  .refine((text) => priceChangeFrom(text) !== undefined, { params: { expected: `text such as ${priceExample}` } })
const tokens = queryNumber(z.int().min(0)).optional()

/** What is asked of the projection; the calculator of the page sends the same. */
export const costQuery = z.object({
  tier: tierParam.optional().describe('Number of a tier; without it all tiers.'),
  perDay: queryNumber(z.int().min(1)).optional().describe('Requests a day; without it as many as in the last 7 days.'),
  growth: queryNumber(z.number().gt(-100)).default(0).describe('Percent more in a month; -10 for fewer.'),
  inputTokens: tokens.describe('Of every request; without it as measured. Only together with outputTokens.'),
  outputTokens: tokens.describe('Of every request, reasoning included.'),
  price: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(priceText))
    .default([])
    .describe(`Another price of 1,000 tokens, now or from a day on, such as ${priceExample}; repeatable.`),
  budget: queryNumber(usd).optional().describe('US dollars a month; without it that of the configuration.'),
})

/** @throws UserError when only one of the counts of tokens is given */
export function costRequest({ config }: Workspace, query: z.output<typeof costQuery>): CostRequest {
  const { tier, perDay, growth, inputTokens, outputTokens, price, budget } = query
  return {
    tiers: tier === undefined ? config.tiers.map(({ id }) => id) : [tier],
    requestsPerDay: perDay,
    growthPerMonth: growth / 100,
    tokens: tokensOf(inputTokens, outputTokens),
    priceChanges: price.map(priceChangeFrom).filter((change): change is PriceChange => change !== undefined),
    budgetUsdPerMonth: budget,
  }
}

function tokensOf(input: number | undefined, output: number | undefined): CostRequest['tokens'] {
  if (input !== undefined && output !== undefined) return { input, output }
  if (input === undefined && output === undefined) return undefined
  throw new UserError('Expected input and output tokens of a request together, got one of them.')
}
