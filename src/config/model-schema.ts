import * as z from 'zod'
import { isoDate, modelName, notNegative, positive, share, text, wholeFrom } from './field-schemas.ts'
import { providerName } from './provider-schema.ts'

const priceSchema = z.strictObject({
  inputUsdPer1k: notNegative.describe('US dollars per 1,000 input tokens.'),
  outputUsdPer1k: notNegative.describe('US dollars per 1,000 output tokens, reasoning included.'),
  cachedInputUsdPer1k: notNegative
    .describe('US dollars per 1,000 input tokens from a cache. Default: as other input.')
    .optional(),
  asOf: isoDate.describe('The day on which the price was read.'),
  source: text.describe('Where it was read. Default: "incumbent.yaml".').optional(),
})

const simulatedSchema = z.strictObject({
  errorRate: share.describe('Probability that a part of the right answer is replaced by a wrong one.'),
  latencyMs: positive.describe('Median latency in milliseconds; it is stated, never slept.'),
  failureRate: share.describe('Probability that a call times out. Default: 0.').optional(),
  tokens: z
    .strictObject({ input: wholeFrom(0).describe('Input tokens.'), output: wholeFrom(0).describe('Output tokens.') })
    .describe('Tokens of every call. Default: 1000 and 300.')
    .optional(),
})

export const modelSchema = z.strictObject({
  name: modelName.describe('Our unique name of the model.'),
  provider: providerName.describe('A provider of the configuration.'),
  id: text.describe('What the provider calls it. Default: the name.').optional(),
  contextTokens: wholeFrom(1).describe('Most tokens of question and answer together.').optional(),
  price: priceSchema.describe("List price; it goes before the vendor's price that Incumbent knows.").optional(),
  watts: positive
    .describe("Only for local models: what the machine draws while it answers. Default: the provider's.")
    .optional(),
  family: text.describe('Such as gemini-2.0.').optional(),
  pricingTier: z.enum(['free', 'paid']).describe('The price plan it is used on.').optional(),
  capabilities: z
    .record(text, notNegative)
    .describe('The registry’s words, such as { reasoning: 8, speed: 9 }; shown, never counted.')
    .optional(),
  label: text.describe('Its role in reports, such as "speed champion".').optional(),
  simulated: simulatedSchema.describe('How a model of the simulated provider behaves.').optional(),
})

export type ModelEntry = z.output<typeof modelSchema>
