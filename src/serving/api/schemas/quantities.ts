import * as z from 'zod'
import { providerErrorKinds } from '../../../providers/provider.ts'

/** What answers are made of, each with its unit. Unknown is null. Bounds stand in words: a mean may end in 100.00000000000001. */
export const time = z.iso.datetime().meta({ description: 'ISO 8601, UTC.', examples: ['2026-11-15T00:00:00.000Z'] })
export const day = z.iso.date().meta({ description: 'ISO date, UTC.', examples: ['2026-11-15'] })

/** Points of 0 to 100. */
export const points = z.number().nullable().describe('Points, 0 to 100. Null: unknown.')
export const accuracy = z.number().nullable().describe('Points, 0 to 100; calls that failed count 0. Null: unknown.')
/** Points by which two models differ. */
export const difference = z.number().describe('Points; positive: the challenger is better.')
export const share = z.number().describe('Share, 0 to 1.')
export const milliseconds = z.number().min(0).nullable().describe('Milliseconds. Null: unknown.')
export const usd = z.number().min(0).nullable().describe('US dollars at list price. Null: unknown.')
export const count = z.int().min(0)

const bounds = z.tuple([z.number(), z.number()]).meta({ minItems: 2, maxItems: 2 })
/** Lower and upper bound of 95 %. */
export const interval95 = bounds.describe('Lower and upper bound, 95 %.')
export const interval = bounds.nullable().describe('Lower and upper bound, 95 %. Null: too little to tell.')

export const model = z.string().meta({ description: 'Name in the registry.', examples: ['gemini-2.0-flash-001'] })
export const tier = z
  .int()
  .min(0)
  .meta({ description: 'Number of the tier.', examples: [1] })
export const evaluationId = z.uuid().describe('Of an evaluation.')
export const dataset = z.string().meta({ description: 'Golden data with its version.', examples: ['job-analysis@v1'] })
export const sampleKey = z.string().meta({ description: 'Key of a sample.', examples: ['v1-027-examinations-officer'] })
export const category = z.string().nullable().describe('What the golden data calls it; null: nothing.')
export const complexity = z.string().nullable().describe('simple, moderate or complex, in the words of the data.')
export const jsonObject = z.record(z.string(), z.json())

export const role = z
  .enum(['incumbent', 'challenger', 'baseline'])
  .describe('baseline: a floor made of rules, which never holds a seat.')

/** No enumeration: results that were stored by a later version may have further ones. */
export const failureKind = z.string().meta({
  description: `One of ${providerErrorKinds.join(', ')}; malformed: no JSON object in the answer; empty: no answer; truncated: cut off before it was JSON.`,
  examples: ['rate-limited'],
})
