import * as z from 'zod'
import { chatSchema } from '../gateway/chat-schema.ts'
import type { AnswerContent, ApiDescription } from './api-route.ts'
import {
  completionChunkSchema,
  completionSchema,
  healthSchema,
  readinessSchema,
  servedModelSchema,
  servedModelsSchema,
} from './schemas/gateway-schemas.ts'

const question = {
  model: 'tier-1',
  messages: [{ role: 'user', content: 'What is the capital of Austria?' }],
}

/** The routes that speak OpenAI's protocol, and those for whoever watches the service. */
export function gatewayDescriptions(): ApiDescription[] {
  return [
    {
      ...described('POST', '/v1/chat/completions', 'Ask the model of a tier', {
        'application/json': completionSchema,
        'text/event-stream': completionChunkSchema,
      }),
      description:
        'As OpenAI’s, with `"model": "tier-1"` or the name of a model. With `"stream": true` the answer comes as server-sent events.',
      body: chatSchema.meta({ examples: [question] }),
    },
    described('GET', '/v1/models', 'Tiers and models', json(servedModelsSchema)),
    {
      ...described('GET', '/v1/models/{id}', 'One tier or model', json(servedModelSchema)),
      params: z.object({ id: servedModelSchema.shape.id }),
    },
    { ...described('GET', '/healthz', 'Whether the process is alive', json(healthSchema)), isOpen: true },
    {
      ...described('GET', '/readyz', 'Whether it can do its work', json(readinessSchema)),
      otherAnswers: { 503: { description: 'Something is missing.', content: json(readinessSchema) } },
      isOpen: true,
    },
    described('GET', '/metrics', 'Figures for Prometheus', { 'text/plain': undefined }),
  ]
}

function json(schema: z.ZodType): AnswerContent {
  return { 'application/json': schema }
}

function described(
  method: ApiDescription['method'],
  path: string,
  summary: string,
  answer: AnswerContent,
): ApiDescription {
  const none = z.object({})
  return { method, path, summary, description: undefined, params: none, query: none, body: undefined, answer }
}
