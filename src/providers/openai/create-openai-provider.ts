import { type Clock, systemClock } from '../../shared/clock.ts'
import { createCachedPerKey } from '../cached-per-key.ts'
import type { StreamPiece } from '../chat-settings.ts'
import { createHttpClient } from '../http-client.ts'
import type { Generated, GenerateRequest, Provider } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { createAnswerCollector } from '../streaming/answer-collector.ts'
import { createSseParser } from '../streaming/event-parser.ts'
import { piecesOf } from '../streaming/pieces-of.ts'
import { readStream } from '../streaming/read-stream.ts'
import { streamWithinDeadline, withinDeadline } from '../within-deadline.ts'
import { streamSettings } from './chat-body.ts'
import { createOpenAiTokenCount } from './count-openai-tokens.ts'
import { createExchanges } from './exchange.ts'
import { listOpenAiModels } from './list-openai-models.ts'
import { readOpenAiReply } from './openai-reply.ts'
import { createOpenAiStreamReader } from './openai-stream.ts'
import { createRefusedSettings } from './refused-settings.ts'
import { schemaWarnings } from './response-format.ts'
import { probeSchemaSupport, type SchemaSupport } from './schema-probe.ts'
import { createSchemaUse } from './schema-use.ts'

export interface OpenAiOptions {
  /** With its version: `https://api.openai.com/v1`, `http://127.0.0.1:8000/v1`. */
  baseUrl: string
  /** Local servers mostly need none. */
  apiKey?: string | undefined
  /** What messages call it. */
  name?: string
  clock?: Clock
  /**
   * Whether the first question with a schema waits for a probe of what the server does with one. Default true; an
   * application does not wait for it, and only a refused schema brings it about.
   */
  probesFirst?: boolean
}

/** A server may be restarted with other settings while a service runs. */
const probeMaxAgeMs = 60 * 60_000

/** Any server that speaks OpenAI's chat completions: OpenAI, vLLM, llama.cpp, LM Studio. */
export function createOpenAiProvider(options: OpenAiOptions): Provider {
  const { baseUrl, apiKey, name = 'OpenAI', clock = systemClock, probesFirst = true } = options
  const endpoint: Endpoint = { name, baseUrl, secrets: apiKey === undefined ? [] : [apiKey] }
  const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  const http = createHttpClient(endpoint, headers, clock)
  const refused = createRefusedSettings()
  const exchanges = createExchanges(endpoint, http, refused)
  const schemaSupport = createCachedPerKey(
    (modelId, signal) => probeSchemaSupport(endpoint, modelId, (body) => exchanges.whole(modelId, body, signal)),
    { clock, maxAgeMs: probeMaxAgeMs },
  )
  const schemaUse = createSchemaUse(schemaSupport, probesFirst)
  const countTokens = createOpenAiTokenCount(endpoint, headers, clock)
  const unseenThinkers = new Set<string>()

  function complete(
    generated: Generated,
    request: GenerateRequest,
    support: SchemaSupport,
    attempts: number,
  ): Generated {
    const { modelId } = request
    const warnings = [...schemaWarnings(request, support), ...refused.warnings(modelId), ...generated.warnings]
    return { ...generated, warnings, attempts }
  }

  async function* pieces(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<StreamPiece, Generated> {
    const { modelId } = request
    const asked = await schemaUse.ask(request, signal, (body) =>
      exchanges.streamed(modelId, { ...body, ...streamSettings }, signal),
    )
    const { reply, startedMs, support, attempts } = asked
    const { status, headers } = reply
    if (/json|html/.test(String(headers['content-type']))) {
      // A server that does not stream, or an error with the status of success.
      const generated = readOpenAiReply(endpoint, await http.whole(reply), performance.now() - startedMs)
      yield* piecesOf(generated)
      return complete(generated, request, support, attempts)
    }
    const head = { status, headers, receivedAt: clock.now() }
    const collector = createAnswerCollector(modelId, unseenThinkers, startedMs)
    const reader = createOpenAiStreamReader(endpoint, head, collector)
    return complete(yield* readStream(reply.chunks, createSseParser(), reader), request, support, attempts)
  }

  return {
    kind: 'openai',
    async generate(request) {
      return withinDeadline(endpoint, request, async (signal) => {
        const { reply, startedMs, support, attempts } = await schemaUse.ask(request, signal, (body) =>
          exchanges.whole(request.modelId, body, signal),
        )
        const generated = readOpenAiReply(endpoint, reply, performance.now() - startedMs)
        return complete(generated, request, support, attempts)
      })
    },
    stream: (request) => streamWithinDeadline(endpoint, request, (signal) => pieces(request, signal)),
    async probe(request) {
      const { modelId, answerSchema } = request
      if (answerSchema === undefined || schemaSupport.has(modelId)) return false
      await withinDeadline(endpoint, request, (signal) => schemaSupport.get(modelId, signal))
      return true
    },
    countTokens,
    listModels: (signal) => listOpenAiModels(http, endpoint, signal),
  }
}
