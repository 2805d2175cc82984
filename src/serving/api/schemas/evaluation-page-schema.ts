import * as z from 'zod'
import { blockingReasons } from '../../../recommendation/recommendation.ts'
import { evaluationReportSchema, skippedModel } from './evaluation-report-schema.ts'
import { evaluationStatus, progressSchema } from './progress-schema.ts'
import { category, complexity, count, dataset, evaluationId, model, tier, time } from './quantities.ts'
import { comparedSampleSchema, pairSchema, samplesSchema } from './sample-schemas.ts'

const figure = z.number().nullable().describe('In the unit of the check. Null: unknown, or there is none.')

const gate = z.object({
  gate: z.enum(blockingReasons).describe('The reason that it gives when it blocks.'),
  passed: z.boolean().nullable().describe('Null: not looked at, as there was too little to compare.'),
  value: figure,
  limit: figure,
  rule: z.string().describe('What is asked, for people.'),
  found: z.string().describe('`value` for people.'),
  needed: z.string().describe('`limit` for people.'),
})

export const checksSchema = z
  .object({ model: model.describe('The challenger that the verdict turned on.'), gates: z.array(gate) })
  .meta({ id: 'Checks', title: 'Checks', description: 'What stands between a challenger and a switch.' })

const differences = pairSchema.extend({
  counts: z
    .array(z.object({ difference: z.number().describe('Points, to half a point.'), samples: count }))
    .describe('How many samples differ by how much.'),
})

export const evaluationPageSchema = z
  .object({
    id: evaluationId,
    tier,
    tierName: z.string(),
    status: evaluationStatus,
    startedAt: time,
    finishedAt: time.nullable().describe('Null: it has not finished.'),
    dataset,
    samples: count,
    repeats: count.describe('How often each sample is asked.'),
    applies: z.boolean().describe('False: a trial from which nothing follows.'),
    confirms: evaluationId.nullable().describe('The evaluation whose switch it confirms. Null: none.'),
    simulated: z.array(model).describe('Models that are simulated.'),
    skipped: z.array(skippedModel),
    progress: progressSchema.nullable().describe('Null once it is decided.'),
    report: evaluationReportSchema.nullable().describe('Null until it is decided.'),
    checks: checksSchema.nullable().describe('Null: nothing was compared.'),
    differences: differences.nullable().describe('Between the two of `list`. Null: nothing was compared.'),
    lostMost: comparedSampleSchema.nullable().describe('The sample on which the challenger lost most. Null: none.'),
    list: samplesSchema,
    classes: z
      .array(z.object({ category, complexity, samples: count }))
      .describe('What the samples of the dataset version are called, for the filters of the list.'),
  })
  .meta({
    id: 'EvaluationPage',
    title: 'Evaluation with its evidence',
    description: 'While it runs how far it is; then `report`, the verdict, with the samples that moved it.',
  })
