import {
  type Content,
  type GenerateContentRequest,
  type GenerationConfig,
  GoogleGenerativeAI,
  type ResponseSchema,
} from '@google/generative-ai'
import { type Clock, systemClock } from '../../shared/clock.ts'
import type { JsonObject } from '../../shared/json.ts'
import { given } from '../given.ts'
import { createHttpClient } from '../http-client.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { withinDeadline } from '../within-deadline.ts'
import { geminiFailure } from './gemini-failure.ts'
import { readGeminiReply } from './gemini-reply.ts'
import { type LeastThinking, leastThinking } from './least-thinking.ts'
import { listGeminiModels } from './list-gemini-models.ts'
import { responseSchemaOf } from './response-schema.ts'

export const geminiBaseUrl = 'https://generativelanguage.googleapis.com'

export interface GeminiOptions {
  apiKey: string
  /** Without a version; default: Google's own address. */
  baseUrl?: string | undefined
  /** What messages call it. */
  name?: string
  clock?: Clock
}

/** Settings that the service knows and the client's types do not; the client passes them on as they are. */
interface LaterSettings {
  seed?: number
  thinkingConfig?: JsonObject
}

/**
 * Gemini through @google/generative-ai. The client brings its own `fetch`, repeats nothing and does not show headers, so
 * that the time to wait is read from the details of an error.
 */
export function createGeminiProvider(options: GeminiOptions): Provider {
  const { apiKey, name = 'Gemini', clock = systemClock } = options
  const baseUrl = (options.baseUrl ?? geminiBaseUrl).replace(/\/+$/, '')
  const endpoint: Endpoint = { name, baseUrl, secrets: [apiKey] }
  const client = new GoogleGenerativeAI(apiKey)
  const http = createHttpClient(endpoint, { 'x-goog-api-key': apiKey }, clock)
  const withoutThinkingSettings = new Set<string>()

  async function ask(request: GenerateRequest, thinking: LeastThinking | undefined): Promise<Generated> {
    const { body, warnings } = requestBody(request, thinking)
    const model = client.getGenerativeModel({ model: request.modelId }, { baseUrl })
    const startedMs = performance.now()
    const reply = await withinDeadline(endpoint, request, async (signal) => {
      try {
        return (await model.generateContent(body, { signal })).response
      } catch (error) {
        throw geminiFailure(endpoint, error)
      }
    })
    const totalMs = performance.now() - startedMs
    return { ...readGeminiReply(endpoint, reply, totalMs), warnings: [...warnings, ...(thinking?.warnings ?? [])] }
  }

  return {
    kind: 'gemini',
    async generate(request) {
      const known = withoutThinkingSettings.has(request.modelId) ? undefined : leastThinking(request.modelId)
      try {
        return await ask(request, known)
      } catch (error) {
        if (known === undefined || !refusesThinkingSettings(error)) throw error
        withoutThinkingSettings.add(request.modelId)
        return { ...(await ask(request, undefined)), attempts: 2 }
      }
    },
    listModels: (signal) => listGeminiModels(http, endpoint, signal),
  }
}

/** Models of one family differ in the settings that they take; only the words of the refusal tell. */
function refusesThinkingSettings(error: unknown): boolean {
  return error instanceof ProviderError && error.kind === 'invalid-request' && /thinking/i.test(error.message)
}

function requestBody(
  { messages, answerSchema, maxOutputTokens, temperature, seed }: GenerateRequest,
  thinking: LeastThinking | undefined,
): { body: GenerateContentRequest; warnings: string[] } {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  const { schema, warnings } = answerSchema === undefined ? { warnings: [] } : responseSchemaOf(answerSchema)
  const generationConfig: GenerationConfig & LaterSettings = {
    ...given({
      temperature,
      // The limit covers thoughts and answer together: what must be thought is added, so that the answer keeps its own.
      maxOutputTokens: maxOutputTokens === undefined ? undefined : maxOutputTokens + (thinking?.extraTokens ?? 0),
      seed,
      thinkingConfig: thinking?.config,
      responseMimeType: answerSchema === undefined ? undefined : 'application/json',
      responseSchema: schema as ResponseSchema | undefined,
    }),
  }
  const contents: Content[] = messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] }))
  const systemInstruction = system.length === 0 ? {} : { systemInstruction: system.join('\n\n') }
  return { body: { contents, generationConfig, ...systemInstruction }, warnings }
}
