import { randomUUID } from 'node:crypto'
import type { Generated } from '../../providers/provider.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Exchange, Route } from '../http/exchange.ts'
import { refusalFor } from '../http/failure.ts'
import { headerWords } from '../http/header-words.ts'
import { readJson } from '../http/read-json.ts'
import { sendJson } from '../http/send.ts'
import type { Metrics } from '../metrics.ts'
import type { Answered, AnsweredStream, Answerer } from './answerer.ts'
import type { ChatBody } from './chat-schema.ts'
import { type CompletionHead, completion } from './completion.ts'
import { questionFrom } from './question-from.ts'
import { readChatRequest } from './read-chat-request.ts'
import { sendStream } from './send-stream.ts'
import { headerText, servedByHeaders } from './served-by-headers.ts'
import { piecesOf, streamEvents } from './stream-events.ts'

export interface ChatRouteOptions {
  answer: Answerer
  clock: Clock
  metrics: Metrics
  mostBodyBytes: number
}

/** `POST /v1/chat/completions` as OpenAI's clients know it. */
export function chatRoute(options: ChatRouteOptions): Route {
  return { method: 'POST', path: '/v1/chat/completions', handle: (exchange) => answerMeasured(options, exchange) }
}

async function answerMeasured(options: ChatRouteOptions, exchange: Exchange): Promise<void> {
  const startedMs = performance.now()
  try {
    await answerChat(options, exchange, startedMs)
  } catch (error) {
    const { code, type } = refusalFor(error, exchange.requestId)
    options.metrics.requestFailed(code ?? type, performance.now() - startedMs)
    throw error
  }
}

async function answerChat(options: ChatRouteOptions, exchange: Exchange, startedMs: number): Promise<void> {
  const { answer, clock, metrics, mostBodyBytes } = options
  const body = readChatRequest(await readJson(exchange.request, mostBodyBytes))
  const answered = await answer(requestFrom(exchange, body))
  const { servedBy } = answered
  const firstTokenMs = performance.now() - startedMs
  note(exchange, { ...servedBy, asked: body.model })
  const head = { id: completionId(), created: Math.floor(clock.now().getTime() / 1000), model: servedBy.model }
  const generated = await send(exchange, body, head, answered)
  const { inputTokens, outputTokens } = generated.usage
  note(exchange, { inputTokens, outputTokens })
  const timing = { totalMs: performance.now() - startedMs, firstTokenMs: body.stream ? firstTokenMs : undefined }
  metrics.requestAnswered(servedBy, generated, timing)
}

function requestFrom({ request, requestId, signal }: Exchange, body: ChatBody): Parameters<Answerer>[0] {
  const given = request.headers['x-incumbent-key']
  const key =
    (typeof given === 'string' && headerWords(given)) || body.user || body.metadata?.key || body.safety_identifier
  return {
    requestId,
    model: body.model,
    key: key || undefined,
    question: questionFrom(body),
    wantsStream: body.stream === true,
    signal,
  }
}

async function send(
  exchange: Exchange,
  body: ChatBody,
  head: CompletionHead,
  answered: Answered | AnsweredStream,
): Promise<Generated> {
  if (body.stream) {
    const pieces = answered.kind === 'stream' ? answered.pieces : yielded(answered.generated)
    const events = streamEvents(head, body.stream_options?.include_usage === true)
    return sendStream(exchange, { pieces, servedBy: answered.servedBy }, events)
  }
  const generated = answered.kind === 'whole' ? answered.generated : await resultOf(answered.pieces)
  const warnings = generated.warnings.join(' ')
  sendJson(exchange.response, 200, completion(head, generated), {
    ...servedByHeaders(answered.servedBy),
    ...(warnings === '' ? {} : { 'x-incumbent-warning': headerText(warnings) }),
  })
  return generated
}

async function* yielded(generated: Generated): AnsweredStream['pieces'] {
  yield* piecesOf(generated)
  return generated
}

async function resultOf(pieces: AnsweredStream['pieces']): Promise<Generated> {
  for (;;) {
    const next = await pieces.next()
    if (next.done) return next.value
  }
}

function note(exchange: Exchange, fields: Exchange['noted']): void {
  Object.assign(exchange.noted, fields)
}

function completionId(): string {
  return `chatcmpl-${randomUUID().replaceAll('-', '')}`
}
