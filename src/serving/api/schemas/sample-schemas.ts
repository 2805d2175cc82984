import * as z from 'zod'
import {
  accuracy,
  category,
  complexity,
  count,
  dataset,
  evaluationId,
  failureKind,
  jsonObject,
  model,
  sampleKey,
  tier,
  time,
} from './quantities.ts'

const gain = z.number().nullable().describe('Points; positive: the challenger is better. Null: not compared.')
const pull = gain.describe('Points that this sample alone adds to the mean difference of the totals.')

export const pairSchema = z
  .object({
    held: model.describe('Holds the seat, or came next where it is vacant.'),
    challenger: model,
  })
  .meta({ id: 'Pair', title: 'Pair', description: 'Two models that were held against each other.' })

const listedSample = z.object({
  sample: sampleKey,
  rank: z.int().min(1).nullable().describe('1: it moved the decision most. Null: nothing was compared.'),
  accuracy: gain,
  total: gain,
  pull,
  category,
  complexity,
  scores: z
    .array(
      z.object({
        model,
        accuracy: z.number().describe('Points, 0 to 100, the mean over the repeats.'),
        asked: count.describe('Calls.'),
        failed: count.describe('Calls.'),
      }),
    )
    .describe('Of the pair, or of all models where there is none.'),
})

export const samplesSchema = z
  .object({
    pair: pairSchema.nullable().describe('Null: no two models were compared, and samples come by their keys.'),
    pairs: z.array(pairSchema),
    items: z.array(listedSample).describe('Those that moved the decision most first.'),
    next: z.string().nullable().describe('Cursor of the page that follows. Null: this is the last.'),
  })
  .meta({ id: 'EvaluationSamples', title: 'Samples of an evaluation', description: 'One page of them.' })

const shownAnswer = z.object({
  model,
  accuracy: accuracy.describe('Points, 0 to 100, the mean over the repeats. Null: it was not asked.'),
  asked: count.describe('Calls.'),
  failed: count.describe('Calls.'),
  repeat: z.int().min(1).nullable().describe('Which answer is shown: the one nearest to the mean. Null: none.'),
  answer: jsonObject.nullable().describe('Null: there is none, or it was deleted.'),
  failure: z
    .object({ kind: failureKind, message: z.string() })
    .nullable()
    .describe('Of a call that failed, where no answer can be shown.'),
})

const fieldAnswer = z.object({
  value: z.json().nullable().describe('Null: the answer does not have it.'),
  score: z.number().nullable().describe('0 to 1. Null: it does not count here, or nothing was answered.'),
})

const comparedField = z.object({
  path: z.string().meta({ description: 'Where it stands in the answer.', examples: ['skills.required'] }),
  scorer: z.string().meta({ description: 'How it is scored.', examples: ['equal'] }),
  weight: z.number().min(0).describe('Of 100.'),
  target: z.json().nullable().describe('Null: the target does not have it.'),
  held: fieldAnswer,
  challenger: fieldAnswer,
  differs: z.boolean().describe('Whether the two answered or scored differently.'),
})

const place = z.object({
  rank: z.int().min(1).describe('1: it moved the decision most.'),
  of: count.describe('Samples.'),
  pull: z.number().describe('Points that this sample alone adds to the mean difference of the totals.'),
  before: sampleKey.nullable().describe('Key of the sample before it. Null: it is the first.'),
  after: sampleKey.nullable().describe('Key of the sample after it. Null: it is the last.'),
})

/** One sample with two models side by side against the target. */
export const comparedSampleSchema = z
  .object({
    evaluation: z.object({
      id: evaluationId,
      tier,
      tierName: z.string(),
      startedAt: time,
      dataset,
      repeats: count.describe('How often each sample was asked.'),
    }),
    answersDeletedAt: time.nullable().describe('When the answers were deleted with age. Null: they are kept.'),
    sample: sampleKey,
    category,
    complexity,
    input: jsonObject.nullable().describe('What was asked. Null: unknown.'),
    target: jsonObject.nullable().describe('What was to be answered. Null: unknown.'),
    ...pairSchema.shape,
    answers: z.object({ held: shownAnswer, challenger: shownAnswer }),
    fields: z.array(comparedField).describe('Those that decided it first.'),
    place: place.nullable().describe('Among the samples. Null: the verdict did not compare the two.'),
    models: z.array(z.object({ model, isSimulated: z.boolean() })).describe('All models of the evaluation.'),
  })
  .meta({
    id: 'ComparedSample',
    title: 'Compared sample',
    description: 'Input, target, both answers, and the fields that decided it first.',
  })
