import { type Clock, systemClock } from '../../shared/clock.ts'
import type { JsonObject } from '../../shared/json.ts'
import { createCachedPerKey } from '../cached-per-key.ts'
import { createHttpClient, type HttpReply } from '../http-client.ts'
import type { Provider } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import { withinDeadline } from '../within-deadline.ts'
import { chatBody, schemaWarnings } from './chat-body.ts'
import { listOpenAiModels } from './list-openai-models.ts'
import { readOpenAiReply } from './openai-reply.ts'
import { createRefusedSettings } from './refused-settings.ts'
import { probeSchemaSupport } from './schema-probe.ts'

export interface OpenAiOptions {
  /** With its version: `https://api.openai.com/v1`, `http://127.0.0.1:8000/v1`. */
  baseUrl: string
  /** Local servers mostly need none. */
  apiKey?: string | undefined
  /** What messages call it. */
  name?: string
  clock?: Clock
}

/** A server may be restarted with other settings while a service runs. */
const probeMaxAgeMs = 60 * 60_000

/** What one question to the server brought, and how many requests it took to find out which settings it takes. */
export interface Exchange {
  reply: HttpReply
  totalMs: number
  attempts: number
}

/** Any server that speaks OpenAI's chat completions: OpenAI, vLLM, llama.cpp, LM Studio. */
export function createOpenAiProvider(options: OpenAiOptions): Provider {
  const { baseUrl, apiKey, name = 'OpenAI', clock = systemClock } = options
  const endpoint: Endpoint = { name, baseUrl, secrets: apiKey === undefined ? [] : [apiKey] }
  const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  const http = createHttpClient(endpoint, headers, clock)
  const refused = createRefusedSettings()
  const schemaSupport = createCachedPerKey(
    (modelId, signal) => probeSchemaSupport(endpoint, modelId, (body) => exchange(modelId, body, signal)),
    { clock, maxAgeMs: probeMaxAgeMs },
  )

  /** Repeats a request without a setting that the server says it does not take, and remembers that. */
  async function exchange(modelId: string, body: JsonObject, signal: AbortSignal): Promise<Exchange> {
    for (let attempts = 1; ; attempts += 1) {
      const accepted = refused.without(modelId, body)
      const startedMs = performance.now()
      const reply = await http.send({
        method: 'POST',
        path: '/chat/completions',
        body: JSON.stringify(accepted),
        signal,
      })
      if (reply.status === 200) return { reply, totalMs: performance.now() - startedMs, attempts }
      if (!refused.learn(modelId, accepted, reply)) throw httpProblemError(endpoint, replyProblem(reply))
    }
  }

  return {
    kind: 'openai',
    async generate(request) {
      return withinDeadline(endpoint, request, async (signal) => {
        const { modelId, answerSchema } = request
        const support = answerSchema === undefined ? 'enforced' : await schemaSupport.get(modelId, signal)
        const { reply, totalMs, attempts } = await exchange(modelId, chatBody(request, support), signal)
        const read = readOpenAiReply(endpoint, reply, totalMs)
        const warnings = [...schemaWarnings(request, support), ...refused.warnings(modelId), ...read.warnings]
        return { ...read, warnings, attempts }
      })
    },
    listModels: (signal) => listOpenAiModels(http, endpoint, signal),
  }
}
