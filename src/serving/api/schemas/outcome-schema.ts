import * as z from 'zod'
import {
  category,
  complexity,
  count,
  failureKind,
  jsonObject,
  model,
  points,
  sampleKey,
  share,
  time,
} from './quantities.ts'

const tokens = z.number().min(0).nullable().describe('Tokens. Null: the provider does not say.')

const metadata = z.object({
  evaluation: z.uuid(),
  evaluatedAt: time,
  tier: z.int(),
  tierName: z.string(),
  dataset: z.string(),
  role: z.enum(['incumbent', 'challenger', 'baseline']).nullable(),
  repeat: z.int().min(1),
  isRetest: z.boolean().describe('Asked once more, as the incumbent seemed to have become worse.'),
  isTrial: z.boolean().describe('Nothing follows from it.'),
  confirms: z.uuid().nullable().describe('The evaluation whose switch it confirms. Null: none.'),
  category,
  complexity,
  completeness: points,
  failureKind: failureKind.nullable().describe('Null: it did not fail.'),
  modelVersion: z.string().nullable(),
  attempts: count,
  waitedMs: z.number().min(0).describe('Milliseconds before the call that answered.'),
  askedAt: time,
})

/** One outcome for other evaluation tools, under the names that they agree on. */
export const outcomeSchema = z
  .object({
    id: z.string().describe('`evaluation/model/input/repeat`'),
    inputId: sampleKey,
    input: jsonObject.nullish().describe('Only where `inputs` was asked for. Null: unknown.'),
    model,
    provider: z.string().nullable(),
    output: z
      .union([jsonObject, z.string()])
      .nullable()
      .describe('The answer; as text what could not be read. Null: nothing came, or it was deleted.'),
    expected: jsonObject.nullable(),
    score: share.nullable().describe('0 to 1. Null: the call failed.'),
    scores: z.record(z.string(), share.nullable()).describe('By field, 0 to 1. Null: both sides say nothing.'),
    error: z.string().nullable().describe('`kind: message`. Null: it did not fail.'),
    latencyMs: z.number().min(0).nullable().describe('Milliseconds of the call that answered. Null: none did.'),
    tokenUsage: z.object({ prompt: tokens, completion: tokens, total: tokens, reasoning: tokens, cached: tokens }),
    cost: z.number().min(0).nullable().describe('US dollars at list price. Null: unknown.'),
    metadata,
  })
  .meta({ id: 'Outcome', title: 'Outcome', description: 'One sample asked once.' })
