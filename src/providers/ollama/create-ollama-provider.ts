import { type ChatRequest, Ollama } from 'ollama'
import { type Clock, systemClock } from '../../shared/clock.ts'
import { createCachedPerKey } from '../cached-per-key.ts'
import { given } from '../given.ts'
import { createHttpClient } from '../http-client.ts'
import type { GenerateRequest, Provider } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { withinDeadline } from '../within-deadline.ts'
import { listOllamaModels } from './list-ollama-models.ts'
import { loadModelFacts, type ModelFacts } from './model-facts.ts'
import { callOllama, fetchFor } from './ollama-fetch.ts'
import { readOllamaReply } from './ollama-reply.ts'
import { promptDidNotFit, thinkSetting } from './ollama-settings.ts'

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

type CompleteChatRequest = ChatRequest & { stream: false; truncate: boolean; shift: boolean }

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

  return {
    kind: 'ollama',
    async generate(request) {
      return withinDeadline(endpoint, request, async (signal) => {
        const known = await facts.get(request.modelId, signal)
        const { chatRequest, contextTokens, warnings } = requestOf(request, known, contextTokensOf)
        const startedMs = performance.now()
        const reply = await callOllama(endpoint, () => clientFor(signal).chat(chatRequest))
        const read = readOllamaReply(endpoint, reply, performance.now() - startedMs)
        const { inputTokens } = read.usage
        if (inputTokens !== undefined && inputTokens >= contextTokens) {
          throw promptDidNotFit(endpoint, request.modelId, contextTokens)
        }
        return { ...read, warnings: [...warnings, ...read.warnings], modelVersion: known.version }
      })
    },
    listModels: (signal) => listOllamaModels(clientFor, endpoint, signal),
  }
}

function requestOf(
  { modelId, messages, answerSchema, maxOutputTokens, temperature, seed }: GenerateRequest,
  facts: ModelFacts,
  contextTokensOf: OllamaOptions['contextTokensOf'],
): { chatRequest: CompleteChatRequest; contextTokens: number; warnings: string[] } {
  const contextTokens =
    contextTokensOf?.(modelId) ?? Math.min(usualContextTokens, facts.trainedContextTokens ?? usualContextTokens)
  const { think, warnings } = thinkSetting(facts)
  const chatRequest: CompleteChatRequest = {
    model: modelId,
    messages,
    stream: false,
    // Without these a prompt or an answer that is too long loses its beginning in silence. Older servers ignore them.
    truncate: false,
    shift: false,
    options: given({ num_ctx: contextTokens, num_predict: maxOutputTokens, temperature, seed }),
    ...(think === undefined ? {} : { think }),
    ...(answerSchema === undefined ? {} : { format: answerSchema }),
  }
  return { chatRequest, contextTokens, warnings }
}
