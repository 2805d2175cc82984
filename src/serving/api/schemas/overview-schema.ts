import * as z from 'zod'
import { count, interval, tier, time, usd } from './quantities.ts'
import { logLine, seatSchema } from './seat-schema.ts'

const waiting = z.object({
  tier: tier.nullable().describe('Null: it is about no tier.'),
  sentence: z.string(),
  link: z
    .object({ words: z.string(), path: z.string().describe('Of the page where it can be done.') })
    .nullable()
    .describe('Null: it is done elsewhere.'),
})

const live = z.object({
  requests: count,
  attempts: count.describe('Calls of models; one request may take more than one.'),
  failedAttempts: count,
  failedCi95: interval.describe('Share of attempts that fail, 95 %, 0 to 1. Null: too little to tell.'),
})

const month = z.object({
  soFarUsd: usd,
  projectedUsd: usd.describe('US dollars of the whole month. Null: unknown.'),
  projectedCi95: interval.describe('Of the projection, 95 %. Null: too little to tell.'),
  budgetUsd: usd.describe('US dollars a month. Null: there is no budget.'),
})

const alert = z.object({
  at: time,
  severity: z.enum(['info', 'warning', 'critical']),
  subject: z.string(),
  message: z.string(),
  isOpen: z.boolean(),
  resolvedAt: time.nullable().describe('Null: it is not over, or needs no end.'),
})

export const overviewSchema = z
  .object({
    at: time,
    evaluatedAt: time.nullable().describe('When the newest evaluation ended. Null: there is none.'),
    headline: z.string(),
    waiting: z.array(waiting).describe('What goes on only when a person does something.'),
    month,
    live: live.describe('Of the last seven days.'),
    switches: z
      .object({ total: count, back: count.describe('Of them back to the model before.') })
      .describe('Of the last 52 weeks.'),
    tested: z.object({ models: count, notTested: count }),
    seats: z.array(seatSchema),
    decisions: z.array(logLine).describe('The newest first.'),
    alerts: z.array(alert).describe('What is open first, then the newest.'),
    next: z.array(z.object({ schedule: z.string(), dueAt: time, words: z.string() })).describe('What is due next.'),
  })
  .meta({ id: 'Overview', title: 'Overview', description: 'Where everything stands.' })
