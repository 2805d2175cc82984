import * as z from 'zod'
import { category, complexity, count, dataset, evaluationId, jsonObject, sampleKey, tier, time } from './quantities.ts'

export const datasetSchema = z
  .object({
    reference: dataset,
    name: z.string(),
    version: z.string().meta({ examples: ['v1'] }),
    samples: count,
    tiers: z.array(tier).describe('That it is configured for.'),
  })
  .meta({ id: 'Dataset', title: 'Dataset', description: 'A version of golden data.' })

const description = z.object({
  title: z.string(),
  about: z.string(),
  ofVersion: z.string().describe('What is new in this version.'),
  licence: z.string(),
  madeBy: z.string(),
})

const hardest = z.object({
  tier,
  tierName: z.string(),
  evaluation: evaluationId,
  evaluatedAt: time.nullable().describe('Null: unknown.'),
  samples: z.array(
    z.object({
      sample: sampleKey,
      models: count.describe('That were asked it.'),
      modelsRight: count,
      accuracy: z.number().describe('Points, 0 to 100, the mean over the models.'),
    }),
  ),
})

export const datasetPageSchema = datasetSchema
  .extend({
    description: description.nullable().describe('Null: its folder is not here.'),
    verifiedBy: z
      .array(z.object({ words: z.string().nullable().describe('Null: it does not say.'), samples: count }))
      .describe('How the targets came about.'),
    usedBy: z.array(
      z.object({
        task: z.string(),
        hash: z.string().describe('SHA-256 of inputs and targets, hex.'),
        firstUsedAt: time,
      }),
    ),
    classes: z.array(z.object({ category, complexity, samples: count })),
    hardest: z.array(hardest).describe('By the newest evaluation of each tier.'),
  })
  .meta({ id: 'DatasetPage', title: 'Dataset with its samples', description: 'What a version consists of.' })

export const listedSampleSchema = z
  .object({
    sample: sampleKey,
    category,
    complexity,
    title: z.string().nullable().describe('Null: its input has none.'),
    text: z.string().nullable().describe('The beginning of its text. Null: its input has none.'),
  })
  .meta({ id: 'ListedSample', title: 'Sample', description: 'One line of the samples of a dataset.' })

export const datasetSampleSchema = z
  .object({
    reference: dataset,
    sample: sampleKey,
    category,
    complexity,
    notes: z.string().nullable().describe('Null: there are none.'),
    verifiedBy: z.string().nullable().describe('How the target came about. Null: it does not say.'),
    input: jsonObject.describe('What is asked.'),
    targets: z.array(z.object({ tier, target: jsonObject.describe('What is to be answered.') })),
  })
  .meta({
    id: 'DatasetSample',
    title: 'Sample with its targets',
    description: 'What it asks, and its target per tier.',
  })
