import * as z from 'zod'
import { chatSchema } from '../gateway/chat-schema.ts'
import type { ApiDescription } from './api-route.ts'

const servedModel = z.object({
  id: z.string().describe('`tier-1`, or the name of a model.'),
  object: z.literal('model'),
  created: z.int().describe('Unix seconds.'),
  owned_by: z.string(),
})

const completion = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int().describe('Unix seconds.'),
  model: z.string().describe('The model that answered.'),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        refusal: z.string().nullable(),
        tool_calls: z.array(z.json()).optional(),
      }),
      logprobs: z.null(),
      finish_reason: z.enum(['stop', 'length', 'tool_calls', 'content_filter']),
    }),
  ),
  usage: z
    .looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() })
    .optional()
    .describe('Absent where the provider does not say.'),
  system_fingerprint: z.string().optional(),
})

const health = z.object({ status: z.string() })
const readiness = z.object({ status: z.enum(['ready', 'not ready']), missing: z.array(z.string()) })

/** The routes that speak OpenAI's protocol, and those for whoever watches the service. */
export function gatewayDescriptions(): ApiDescription[] {
  return [
    {
      ...described('POST', '/v1/chat/completions', 'Ask the model of a tier', completion),
      description:
        'As OpenAI’s, with `"model": "tier-1"` or the name of a model. With `"stream": true` the answer comes as server-sent events.',
      body: chatSchema,
    },
    described(
      'GET',
      '/v1/models',
      'Tiers and models',
      z.object({ object: z.literal('list'), data: z.array(servedModel) }),
    ),
    {
      ...described('GET', '/v1/models/{id}', 'One tier or model', servedModel),
      params: z.object({ id: z.string() }),
    },
    { ...described('GET', '/healthz', 'Whether the process is alive', health), isOpen: true },
    {
      ...described('GET', '/readyz', 'Whether it can do its work', readiness),
      description: 'Status 503 while something is missing.',
      isOpen: true,
    },
    {
      ...described('GET', '/metrics', 'Figures for Prometheus', undefined),
      answer: { schema: undefined, contentTypes: ['text/plain'] },
    },
  ]
}

function described(
  method: ApiDescription['method'],
  path: string,
  summary: string,
  schema: z.ZodType | undefined,
): ApiDescription {
  const none = z.object({})
  return {
    method,
    path,
    summary,
    description: undefined,
    params: none,
    query: none,
    body: undefined,
    answer: { schema, contentTypes: ['application/json'] },
  }
}
