import { type GenerateContentRequest, GoogleGenerativeAI } from '@google/generative-ai'
import { type Clock, systemClock } from '../../shared/clock.ts'
import type { JsonObject } from '../../shared/json.ts'
import type { StreamPiece } from '../chat-settings.ts'
import type { StreamedReply } from '../http/streamed-reply.ts'
import { createHttpClient } from '../http-client.ts'
import type { Generated, GenerateRequest, Provider } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { foreignReply } from '../provider-errors/unusable-reply.ts'
import { createAnswerCollector } from '../streaming/answer-collector.ts'
import { createSseParser } from '../streaming/event-parser.ts'
import { readStream } from '../streaming/read-stream.ts'
import { streamWithinDeadline, withinDeadline } from '../within-deadline.ts'
import { countGeminiTokens } from './count-gemini-tokens.ts'
import { geminiFailure, geminiReplyFailure } from './gemini-failure.ts'
import { readGeminiReply } from './gemini-reply.ts'
import { createGeminiStreamReader } from './gemini-stream.ts'
import { listGeminiModels } from './list-gemini-models.ts'
import { modelPath } from './model-path.ts'
import { createRefusedSettings } from './refused-settings.ts'

export const geminiBaseUrl = 'https://generativelanguage.googleapis.com'

export interface GeminiOptions {
  apiKey: string
  /** Without a version; default: Google's own address. */
  baseUrl?: string | undefined
  /** What messages call it. */
  name?: string
  clock?: Clock
}

/**
 * Gemini through @google/generative-ai. The client brings its own `fetch`, repeats nothing and does not show headers, so
 * that the time to wait is read from the details of an error. It says nothing of a stream that breaks off or of an error
 * in the middle of it: streams are read here.
 */
export function createGeminiProvider(options: GeminiOptions): Provider {
  const { apiKey, name = 'Gemini', clock = systemClock } = options
  const baseUrl = (options.baseUrl ?? geminiBaseUrl).replace(/\/+$/, '')
  const endpoint: Endpoint = { name, baseUrl, secrets: [apiKey] }
  const client = new GoogleGenerativeAI(apiKey)
  const http = createHttpClient(endpoint, { 'x-goog-api-key': apiKey }, clock)
  const refused = createRefusedSettings()
  const unseenThinkers = new Set<string>()

  /** Repeats a request without a setting that the model says it does not take, and remembers that. */
  async function accepted<Reply>(request: GenerateRequest, ask: (body: JsonObject) => Promise<Reply>) {
    for (let attempts = 1; ; attempts += 1) {
      const { body, warnings } = refused.bodyFor(request)
      const startedMs = performance.now()
      try {
        return { reply: await ask(body), warnings, attempts, startedMs }
      } catch (error) {
        if (!refused.learn(request, error)) throw error
      }
    }
  }

  async function asked({ modelId }: GenerateRequest, body: JsonObject, signal: AbortSignal): Promise<unknown> {
    const model = client.getGenerativeModel({ model: modelId }, { baseUrl })
    try {
      return (await model.generateContent(body as unknown as GenerateContentRequest, { signal })).response
    } catch (error) {
      throw geminiFailure(endpoint, error)
    }
  }

  async function opened({ modelId }: GenerateRequest, body: JsonObject, signal: AbortSignal): Promise<StreamedReply> {
    const path = `/v1beta/${modelPath(modelId)}:streamGenerateContent?alt=sse`
    const reply = await http.open({ method: 'POST', path, body: JSON.stringify(body), signal })
    if (reply.status !== 200) throw geminiReplyFailure(endpoint, await http.whole(reply))
    if (String(reply.headers['content-type']).includes('html')) throw foreignReply(endpoint, 'an HTML page')
    return reply
  }

  async function* pieces(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<StreamPiece, Generated> {
    const { reply, warnings, attempts, startedMs } = await accepted(request, (body) => opened(request, body, signal))
    const head = { status: reply.status, headers: reply.headers, receivedAt: clock.now() }
    const collector = createAnswerCollector(request.modelId, unseenThinkers, startedMs)
    const reader = createGeminiStreamReader(endpoint, head, collector)
    const generated = yield* readStream(reply.chunks, createSseParser(), reader)
    return { ...generated, warnings, attempts }
  }

  return {
    kind: 'gemini',
    async generate(request) {
      return withinDeadline(endpoint, request, async (signal) => {
        const answer = await accepted(request, (body) => asked(request, body, signal))
        const { reply, warnings, attempts, startedMs } = answer
        return { ...readGeminiReply(endpoint, reply, performance.now() - startedMs), warnings, attempts }
      })
    },
    stream: (request) => streamWithinDeadline(endpoint, request, (signal) => pieces(request, signal)),
    countTokens: (prompt) => countGeminiTokens(http, endpoint, prompt),
    listModels: (signal) => listGeminiModels(http, endpoint, signal),
  }
}
