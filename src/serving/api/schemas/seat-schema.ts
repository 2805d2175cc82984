import * as z from 'zod'
import { accuracy, evaluationId, interval, milliseconds, model, share, tier, time, usd } from './quantities.ts'
import { decision } from './recommendation-schema.ts'
import { rolloutPolicy, rolloutSchema } from './rollout-schema.ts'

const measured = z.object({
  accuracy,
  accuracyCi95: interval,
  p50Ms: milliseconds.describe('Milliseconds of the middle answer. Null: unknown.'),
  costPerThousandUsd: usd.describe('US dollars of 1,000 calls at list price. Null: unknown.'),
})

const verdict = z.object({
  evaluation: evaluationId,
  at: time,
  word: z.string().describe('Switch, Keep or Gather more.'),
  decision: z.string().describe(`One of ${decision.options.join(', ')}.`),
  sentence: z.string(),
  target: model.nullable().describe('Who should hold the seat, or enter the shadow. Null: nobody can be named.'),
  gain: z.string().nullable().describe('What the target would do to the tier, in a sentence. Null: not known.'),
  confidence: share.nullable().describe('Of the decision, 0 to 1. Null: none to state.'),
  needed: share.nullable().describe('What this step needs, 0 to 1. Null: nothing is to be reached.'),
  of: z.enum(['challenger', 'incumbent', 'nobody']).describe('Whom the confidence is about.'),
  isSimulated: z.boolean(),
})

const differences = z.object({
  measure: z.string().meta({ description: 'What the differences are of.', examples: ['total points'] }),
  incumbent: z.string().describe('Empty where nothing was compared.'),
  rows: z.array(
    z.object({
      model,
      note: z.string().meta({ description: 'On what it rests.', examples: ['100 samples × 3'] }),
      isLeader: z.boolean().describe('Whether the verdict turned on it.'),
      isSimulated: z.boolean(),
      difference: z.number().nullable().describe('Points; positive: better than the incumbent. Null: not measured.'),
      interval: z
        .tuple([z.number(), z.number()])
        .readonly()
        .nullable()
        .meta({ description: 'Lower and upper bound, 95 %. Null: too few samples for one.' }),
    }),
  ),
})

/** An accuracy in time, to which its model belongs. */
export const trendPoint = { at: time, accuracy, accuracyCi95: interval }

export const seatSchema = z
  .object({
    tier,
    name: z.string().describe('Of the tier.'),
    policy: rolloutPolicy,
    model: model.nullable().describe('Who holds it. Null: the seat is vacant.'),
    isSimulated: z.boolean().describe('Whether the holder is a simulated model.'),
    heldSince: time.nullable().describe('Null: unknown, or the seat is vacant.'),
    assignedBy: z.string().nullable().describe('auto, system, or `manual:` and a name. Null: the seat is vacant.'),
    pin: z
      .object({ model, by: z.string(), reason: z.string(), since: time })
      .nullable()
      .describe('Who keeps the seat whatever happens. Null: nobody.'),
    measured: measured.nullable().describe('The holder in the last evaluation. Null: it was not in it.'),
    verdict: verdict.nullable().describe('Of the last evaluation. Null: there was none.'),
    differences: differences.describe('Every challenger against the holder, in the last evaluation.'),
    trend: z.array(z.object({ ...trendPoint, model })).describe('Who held the seat, oldest first.'),
    rollout: rolloutSchema.nullable().describe('Open, or ended in the last week. Null: there is none.'),
    skipped: z
      .array(
        z.object({
          model,
          reason: z.string(),
          remedy: z.string().nullable().describe('What a person can do. Null: nothing.'),
        }),
      )
      .describe('Models that should have been compared and were not.'),
    running: z.array(z.object({ evaluation: evaluationId, startedAt: time })).describe('Evaluations under way.'),
  })
  .meta({ id: 'Seat', title: 'Seat', description: 'A tier with its holder, its last verdict and what is on its way.' })

export const logLine = z
  .object({
    at: time,
    tier,
    by: z.string().describe('auto, system, or `manual:` and a name.'),
    what: z.string().meta({ description: 'What happened.', examples: ['assigned', 'step: shadow to partial'] }),
    model: model.nullable().describe('Null: it is about no model.'),
    previousModel: model.nullable().describe('Null: nobody, or it is about no change of the seat.'),
    why: z.string(),
    evaluation: evaluationId.nullable().describe('On which it rests. Null: on none.'),
  })
  .meta({ id: 'LogLine', title: 'Line of the record', description: 'What happened to a seat, who did it and why.' })
