import * as z from 'zod'
import { modelName, number, positive, wholeFrom } from './field-schemas.ts'

export const rolloutPolicies = ['auto', 'approve', 'recommend-only'] as const

const part = number(z.number().gt(0).lt(1))
const liveShare = number(z.number().gt(0).max(0.5))
const hours = number(z.number().nonnegative())

const shadowSchema = z.strictObject({
  requests: wholeFrom(1).describe('Least requests that are copied to the challenger. Default: 200.').optional(),
  hours: hours.describe('Least hours in the shadow. Default: 24.').optional(),
  share: number(z.number().gt(0).max(1))
    .describe('Share of the requests that is copied, at most 1. Default: 1.')
    .optional(),
  dayUsd: positive.describe('Most that copies may cost a day, in US dollars. Default: no limit.').optional(),
})

const partialSchema = z.strictObject({
  requests: wholeFrom(1).describe('Least requests that the challenger answers in every step. Default: 300.').optional(),
  hours: hours.describe('Least hours of every step. Default: 24.').optional(),
})

/** The thresholds of decisions.md sections 4 and 6.3 that a tier's owner may change. */
const guardsSchema = z.strictObject({
  alpha: part.describe('Probability of a false alarm of each guard in a stage. Default: 0.01.').optional(),
  toleratedSlow: part
    .describe("Share of requests above the incumbent's 95th percentile that is tolerated. Default: 0.1.")
    .optional(),
  slowBound: part.describe('Upper bound of the share of slow requests for a promotion. Default: 0.15.').optional(),
  boundFactor: number(z.number().min(1))
    .describe('Upper bounds of errors and invalid answers for a promotion, times the tolerated rates. Default: 2.')
    .optional(),
  mostRequests: wholeFrom(1)
    .describe('A challenger that is still not proven after so many requests goes back. Default: 2000.')
    .optional(),
  leastBaseline: wholeFrom(1)
    .describe('Requests of the incumbent that have to be known before anything is compared. Default: 500.')
    .optional(),
})

export const rolloutSchema = z
  .strictObject({
    policy: z
      .enum(rolloutPolicies)
      .describe(
        'auto: by itself; approve: when a person agrees; recommend-only: only when a person starts it. Default: auto.',
      )
      .optional(),
    share: liveShare
      .describe('Share of the requests in a partial rollout. Default: 0.1, up to 0.5 where there is little traffic.')
      .optional(),
    steps: z
      .array(liveShare)
      .min(1)
      .describe('Shares of a partial rollout in several steps, in place of share. Default: one step.')
      .optional(),
    shadow: shadowSchema.describe('What the shadow needs.').optional(),
    partial: partialSchema.describe('What every step of a partial rollout needs.').optional(),
    waitDays: positive
      .describe('Days after which what waits goes to a person, or ends where a person was asked. Default: 14.')
      .optional(),
    guards: guardsSchema.describe('When a challenger goes back.').optional(),
  })
  .superRefine(({ share, steps }, context) => {
    const problem = stepsProblem(share, steps ?? [])
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['steps'], message: problem })
  })

function stepsProblem(share: unknown, steps: readonly number[]): string | undefined {
  if (steps.length > 0 && share !== undefined) return 'expected share or steps, got both'
  const isAscending = steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0))
  return isAscending ? undefined : `expected shares that grow from step to step, got ${steps.join(', ')}`
}

export type RolloutEntry = z.output<typeof rolloutSchema>

/** Which model of a tier answers a request, by its length. */
export const routesSchema = z
  .array(
    z.strictObject({
      upToTokens: wholeFrom(1)
        .describe(
          'Longest request of this route, prompt and longest answer together, in tokens. Only the last may omit it.',
        )
        .optional(),
      model: z
        .union([z.literal('seat'), modelName])
        .describe('Model that answers, or seat: whoever holds the tier, with its rollout.'),
    }),
  )
  .superRefine((routes, context) => {
    const limits = routes.map(({ upToTokens }) => upToTokens ?? Number.POSITIVE_INFINITY)
    const wrong = limits.findIndex((limit, index) => index > 0 && limit <= (limits[index - 1] ?? 0))
    if (wrong === -1) return
    const message = 'expected upToTokens that grow from route to route, and one without it only at the end'
    context.addIssue({ code: 'custom', path: [wrong, 'upToTokens'], message })
  })
