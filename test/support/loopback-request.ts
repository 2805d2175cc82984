import type { Tool } from '../../src/providers/chat-settings.ts'
import type { GenerateRequest } from '../../src/providers/provider.ts'
import type { JsonObject } from '../../src/shared/json.ts'

export const postingSchema: JsonObject = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    level: { type: ['string', 'null'], enum: ['junior', 'senior', null] },
    skills: { type: 'array', items: { type: 'string' } },
  },
  required: ['title', 'level', 'skills'],
  additionalProperties: false,
}

/** What an application may set, and an evaluation leaves alone. */
export const applicationSettings = {
  answerSchema: undefined,
  maxOutputTokens: undefined,
  temperature: undefined,
  seed: undefined,
  topP: 0.9,
  stop: ['END'],
  presencePenalty: 0.5,
  frequencyPenalty: -0.5,
  responseFormat: 'json_object' as const,
}
export const weatherTool: Tool = {
  name: 'weather',
  description: 'The weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}

/** A question such as an evaluation asks, less what a test wants otherwise. */
export function aRequest(otherwise: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    modelId: 'a-model',
    messages: [
      { role: 'system', content: 'You read job postings.' },
      { role: 'user', content: 'Welder (m/f/d) in Graz, full time.' },
    ],
    answerSchema: postingSchema,
    maxOutputTokens: 200,
    temperature: 0,
    seed: 7,
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    sample: undefined,
    ...otherwise,
  }
}
