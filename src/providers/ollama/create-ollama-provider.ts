import { type ChatRequest, Ollama } from 'ollama'
import { type Clock, systemClock } from '../../shared/clock.ts'
import { createCachedPerKey } from '../cached-per-key.ts'
import type { StreamPiece } from '../chat-settings.ts'
import { createHttpClient } from '../http-client.ts'
import type { Generated, GenerateRequest, Provider, Usage } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { createAnswerCollector } from '../streaming/answer-collector.ts'
import { createLineParser } from '../streaming/event-parser.ts'
import { readStream } from '../streaming/read-stream.ts'
import { streamWithinDeadline, withinDeadline } from '../within-deadline.ts'
import { chatRequest, type OllamaChat } from './chat-request.ts'
import { listOllamaModels } from './list-ollama-models.ts'
import { loadModelFacts, type ModelFacts } from './model-facts.ts'
import { callOllama, fetchFor, openOllama } from './ollama-fetch.ts'
import { readOllamaReply } from './ollama-reply.ts'
import { promptDidNotFit } from './ollama-settings.ts'
import { createOllamaStreamReader } from './ollama-stream.ts'

export interface OllamaOptions {
  baseUrl: string
  /** What messages call it. */
  name?: string
  /** Context of a model in tokens, sent as `num_ctx`; where undefined, at most 8,192 of what the model was trained for. */
  contextTokensOf?: ((modelId: string) => number | undefined) | undefined
  clock?: Clock
}

/** Enough for a posting and its analysis; Ollama's own default depends on the memory it finds. */
const usualContextTokens = 8192

/** A model can be pulled anew, and the server replaced, while a service runs. */
const factsMaxAgeMs = 5 * 60_000

/**
 * Models of an Ollama server. One `num_ctx` per model is always sent, because every other value makes the server load the
 * model again, and thinking is switched off where the model has it.
 */
export function createOllamaProvider(options: OllamaOptions): Provider {
  const { baseUrl, name = 'Ollama', contextTokensOf, clock = systemClock } = options
  const endpoint: Endpoint = { name, baseUrl, secrets: [] }
  const http = createHttpClient(endpoint, {}, clock)
  // The client has no signal for a call that does not stream: each call gets a client whose fetch has it.
  const clientFor = (signal: AbortSignal) => new Ollama({ host: baseUrl, fetch: fetchFor(http, endpoint, signal) })
  const facts = createCachedPerKey(
    (modelId, signal) => callOllama(endpoint, () => loadModelFacts(clientFor(signal), modelId)),
    { clock, maxAgeMs: factsMaxAgeMs },
  )
  const unseenThinkers = new Set<string>()

  function contextTokens(modelId: string, { trainedContextTokens = usualContextTokens }: ModelFacts): number {
    return contextTokensOf?.(modelId) ?? Math.min(usualContextTokens, trainedContextTokens)
  }

  async function prepared(request: GenerateRequest, signal: AbortSignal) {
    const known = await facts.get(request.modelId, signal)
    const context = contextTokens(request.modelId, known)
    return { known, context, chat: chatRequest(request, known, context) }
  }

  function complete(generated: Generated, { modelId }: GenerateRequest, chat: OllamaChat, context: number): Generated {
    if (isFull(generated.usage, context)) throw promptDidNotFit(endpoint, modelId, context)
    return { ...generated, warnings: [...chat.warnings, ...generated.warnings] }
  }

  async function* pieces(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<StreamPiece, Generated> {
    const { known, context, chat } = await prepared(request, signal)
    const startedMs = performance.now()
    const chunks = await openOllama(http, endpoint, '/api/chat', { ...chat.body, stream: true }, signal)
    const collector = createAnswerCollector(request.modelId, unseenThinkers, startedMs)
    const reader = createOllamaStreamReader(endpoint, collector, known.version)
    return complete(yield* readStream(chunks, createLineParser(), reader), request, chat, context)
  }

  return {
    kind: 'ollama',
    async generate(request) {
      return withinDeadline(endpoint, request, async (signal) => {
        const { known, context, chat } = await prepared(request, signal)
        const startedMs = performance.now()
        const reply = await callOllama(endpoint, () => clientFor(signal).chat(wholeChat(chat)))
        const read = readOllamaReply(endpoint, reply, performance.now() - startedMs)
        return complete({ ...read, modelVersion: known.version }, request, chat, context)
      })
    },
    stream: (request) => streamWithinDeadline(endpoint, request, (signal) => pieces(request, signal)),
    listModels: (signal) => listOllamaModels(clientFor, endpoint, signal),
  }
}

/** The client's types know neither all settings nor all of a message. */
function wholeChat({ body }: OllamaChat): ChatRequest & { stream: false } {
  return { ...body, stream: false } as unknown as ChatRequest & { stream: false }
}

/** Servers that are too old to refuse a prompt that is too long cut it to the whole context. */
function isFull({ inputTokens }: Usage, contextTokens: number): boolean {
  return inputTokens !== undefined && inputTokens >= contextTokens
}
