import * as z from 'zod'
import { number, positive, secretText, webAddress, wholeFrom } from './field-schemas.ts'

export const providerKinds = ['gemini', 'ollama', 'openai', 'rules', 'simulated'] as const

export const providerName = z.string().refine((name) => /^[A-Za-z0-9][\w.-]*$/.test(name), {
  params: { expected: 'the name of a provider in letters, digits, "-", "_" and "."' },
})

export const providerSchema = z.strictObject({
  kind: z
    .enum(providerKinds)
    .describe('The adapter that calls it. Default: the name of the provider, where it is one of these.')
    .optional(),
  apiKey: secretText
    .describe(`\${NAME} of the variable with the key. Default for gemini: \${GEMINI_API_KEY}.`)
    .optional(),
  baseUrl: webAddress
    .describe('Address of the server. Default for ollama: OLLAMA_HOST or http://127.0.0.1:11434.')
    .optional(),
  requestsPerMinute: wholeFrom(1).describe('Most requests a minute. Default: no limit.').optional(),
  tokensPerMinute: wholeFrom(1).describe('Most tokens a minute. Default: no limit.').optional(),
  requestsPerDay: wholeFrom(1).describe('Most requests a day. Default: no limit.').optional(),
  concurrency: wholeFrom(1)
    .describe('Most calls at the same time. Default: 4; 1 for ollama; 8 for rules and simulated.')
    .optional(),
  timeoutMs: wholeFrom(1)
    .describe('Milliseconds after which a call is given up. Default: 60000; 300000 for ollama, 120000 for openai.')
    .optional(),
  watts: positive
    .describe('Only for local servers: what its machine draws while it answers. Default: electricity.watts.')
    .optional(),
  seed: number(z.int().min(0).max(4_294_967_295))
    .describe('Only for simulated: what its answers are drawn from. Default: 1.')
    .optional(),
})

export type ProviderEntry = z.output<typeof providerSchema>
