import * as z from 'zod'
import { tierActionNames } from '../../../workflows/pages/tier-actions.ts'
import { checksSchema } from './evaluation-page-schema.ts'
import { driftStatus, evaluationReportSchema } from './evaluation-report-schema.ts'
import { model, points, share, time } from './quantities.ts'
import { logLine, seatSchema, trendPoint } from './seat-schema.ts'

const weights = z.object({
  accuracy: share,
  speed: share,
  cost: share,
  words: z.string().describe('What they mean.'),
  spanSpeed: z.number().describe('How many times as long makes a difference of 50 points.'),
  spanCost: z.number().describe('How many times as dear makes a difference of 50 points.'),
  formula: z.string().nullable().describe('The tier’s own formula in place of weights. Null: none.'),
})

const ranked = z.object({
  model,
  role: z.enum(['incumbent', 'challenger']),
  isSimulated: z.boolean(),
  accuracy: points,
  speed: points,
  cost: points,
  total: points,
})

const drift = z.object({
  model,
  isSimulated: z.boolean(),
  points: z.array(z.object({ ...trendPoint, status: driftStatus })),
  baseline: points.describe('Mean accuracy of its first four runs. Null: it does not have them yet.'),
  floor: points.describe('Accuracy below which its owner does not want it. Null: none is set.'),
})

export const tierSchema = z
  .object({
    at: time,
    headline: z.string(),
    seat: seatSchema,
    actions: z.array(z.enum(tierActionNames)).describe('What can be said of the tier as it stands.'),
    assignable: z.array(model).describe('Who may be given the seat.'),
    weights,
    ranking: z.array(ranked).describe('As the last evaluation measured them, the better total first.'),
    checks: checksSchema.nullable().describe('Of the leading challenger. Null: nothing was compared.'),
    drift: drift.nullable().describe('The holder against its own first runs. Null: it has no run in the seat.'),
    log: z.array(logLine).describe('The record of the seat.'),
    next: z.string().nullable().describe('Cursor of the older part of the log. Null: there is none.'),
    evaluation: evaluationReportSchema.nullable().describe('The last evaluation. Null: there was none.'),
  })
  .meta({ id: 'Tier', title: 'Tier', description: 'A tier with its evidence and its record.' })
