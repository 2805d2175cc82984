import * as z from 'zod'
import { formulaText } from '../shared/formula-text.ts'
import { cron, modelName, number, positive, share, text, wholeFrom } from './field-schemas.ts'
import { rolloutSchema, routesSchema } from './rollout-schema.ts'

const weightSumTolerance = 1e-9

const weightsSchema = z
  .strictObject({
    accuracy: share.describe('Weight of accuracy, 0 to 1.'),
    speed: share.describe('Weight of speed, 0 to 1.'),
    cost: share.describe('Weight of cost, 0 to 1.'),
  })
  .superRefine(({ accuracy, speed, cost }, context) => {
    const sum = accuracy + speed + cost
    if (Math.abs(sum - 1) <= weightSumTolerance) return
    const shown = Number(sum.toPrecision(12))
    context.addIssue({
      code: 'custom',
      message: `expected weights that sum to 1, got ${accuracy} + ${speed} + ${cost} = ${shown}`,
    })
  })

const targetsSchema = z.strictObject({
  latencyMs: positive
    .describe('Reference for speed: an answer in this time scores 50. Default: set by the incumbent.')
    .optional(),
  costUsd: positive
    .describe('Reference for cost per answer in US dollars, scores 50. Default: set by the incumbent.')
    .optional(),
  p95Ms: z
    .union([z.literal('none'), positive])
    .describe('A model above this 95th percentile takes no seat; none: no limit. Default: 4 × the reference for speed.')
    .optional(),
})

const level = number(z.number().min(0.5).lt(1))
const whole = wholeFrom(1)
const part = number(z.number().gt(0).lt(1))

/** The settings of decisions.md section 6 that a tier's owner may change, with their names there. */
const settingsSchema = z.strictObject({
  minDelta: number(z.number().nonnegative())
    .describe('Least gain of the total score for a switch, in points. Default: 1.')
    .optional(),
  niMargin: number(z.number().positive().max(100))
    .describe(
      'Most accuracy that a switch may give away, in points. Default: 5, 4 or 3 for fewer than 200, 400 or more samples.',
    )
    .optional(),
  niLevel: level.describe('Confidence that no more than the margin is given away. Default: 0.95.').optional(),
  confidence: level.describe('Confidence for a recommendation (good enough for the shadow). Default: 0.8.').optional(),
  alphaTotal: part
    .describe('Probability of a false switch per challenger, over all its looks. Default: 0.1.')
    .optional(),
  maxLooks: whole.describe('Evaluations in which one challenger may be judged. Default: 4.').optional(),
  minItemsAdvisory: whole.describe('Least samples for a recommendation. Default: 10.').optional(),
  minItemsSwitch: whole.describe('Least samples for a switch. Default: 30.').optional(),
  minCoverage: share.describe('Least share of the samples that both models answered. Default: 0.95.').optional(),
  failCap: share.describe('Highest failure rate of a model that takes the seat. Default: 0.1.').optional(),
  failDelta: share.describe('A failure rate higher by this counts as worse. Default: 0.02.').optional(),
  failLevel: level.describe('Confidence that the failure rate is worse. Default: 0.95.').optional(),
  cooldownWeeks: wholeFrom(0).describe('Weeks after a switch without another. Default: 2.').optional(),
  invalidRunFailRate: part
    .describe('Failure rate of the incumbent from which a run is invalid. Default: 0.5.')
    .optional(),
  futility: part.describe('A challenger below this probability is dropped. Default: 0.2.').optional(),
  futilityMinItems: whole.describe('Samples after which a challenger may be dropped. Default: 30.').optional(),
  spanSpeed: number(z.number().gt(1))
    .describe('Reference × this scores 0 for speed, reference ÷ this 100. Default: 4.')
    .optional(),
  spanCost: number(z.number().gt(1)).describe('The same for cost. Default: 10.').optional(),
})

/** `job-analysis` (its newest version), `job-analysis@v1`, `job-analysis@golden_v1`; a path where it has a slash. */
export const datasetReference = /^(?<name>[^\s@]+)(?:@(?:golden_)?(?<version>v\d+))?$/

export const tierSchema = z.strictObject({
  name: text.describe('What people call the tier.').optional(),
  task: text.describe('Folder of the task: prompt, answer schema, scoring.').optional(),
  dataset: z
    .string()
    .refine((reference) => datasetReference.test(reference), {
      params: { expected: 'a dataset such as job-analysis or job-analysis@v1' },
    })
    .describe('The dataset, with @version or in its newest version.')
    .optional(),
  candidates: z.array(modelName).min(1).describe('The models that may hold the tier.').optional(),
  labels: z.record(modelName, text).describe('Role of a candidate in reports.').optional(),
  initial: z
    .union([z.literal('none'), modelName])
    .describe('The model that holds the tier at first, or none.')
    .optional(),
  weights: weightsSchema.describe('Weights of the total score. Default: 0.5, 0.3, 0.2.').optional(),
  formula: formulaText
    .describe('Total score from accuracy, speed and cost (0 to 100 each) in place of the weighted sum. Default: none.')
    .optional(),
  targets: targetsSchema.describe('What speed and cost are measured against.').optional(),
  settings: settingsSchema.describe('How sure a decision has to be.').optional(),
  minimumAccuracy: number(z.number().min(0).max(100))
    .describe('A model below this accuracy (0 to 100) never takes the seat. Default: none.')
    .optional(),
  rollout: rolloutSchema.describe('How a better model comes to the seat.').optional(),
  fallbacks: z
    .array(modelName)
    .describe('Models to ask when the incumbent cannot answer, in this order. Default: none.')
    .optional(),
  routes: routesSchema
    .describe('Which model answers, by the length of the request. Default: whoever holds the tier.')
    .optional(),
  schedule: cron
    .describe('When the tier is evaluated. Default: Sunday 1:00, 1:30 and 2:00 for the tiers 1, 2 and 3.')
    .optional(),
  repeats: wholeFrom(1).describe('How often each sample is asked of a language model. Default: 3.').optional(),
  minimumSamples: wholeFrom(10).describe('An evaluation of fewer samples is refused. Default: 10.').optional(),
})

export type TierEntry = z.output<typeof tierSchema>
