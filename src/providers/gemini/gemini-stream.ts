import type { StreamPiece } from '../chat-settings.ts'
import type { HttpReply } from '../http-client.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { brokenReply, parsedReply } from '../provider-errors/unusable-reply.ts'
import type { AnswerCollector } from '../streaming/answer-collector.ts'
import type { StreamReader } from '../streaming/read-stream.ts'
import { geminiReplyFailure, isGeminiError } from './gemini-failure.ts'
import {
  answerIn,
  finishReasonOf,
  type GeminiReply,
  parsedGemini,
  partsOf,
  toolCallOf,
  usageOf,
} from './gemini-reply.ts'

/**
 * Reads the chunks of a streamed answer. Each has the form of a whole reply, and the counts so far.
 * @param head the head of the reply, for errors in the middle of it
 */
export function createGeminiStreamReader(
  endpoint: Endpoint,
  head: Omit<HttpReply, 'text'>,
  collector: AnswerCollector,
): StreamReader {
  let finished: string | undefined
  let usage: GeminiReply['usageMetadata']
  let modelVersion: string | undefined
  let calls = 0
  let state: 'nothing' | 'no candidate' | 'begun' = 'nothing'

  function piecesOf(part: ReturnType<typeof partsOf>[number]): StreamPiece[] {
    if (part.thought === true) collector.thought(part.text ?? '')
    const pieces = collector.text(answerIn(part))
    const call = toolCallOf(part)
    if (call !== undefined) {
      pieces.push(...collector.toolCall({ kind: 'tool-call', index: calls, ...call }))
      calls += 1
    }
    return pieces
  }

  return {
    read(event) {
      const body = parsedReply(endpoint, event)
      if (isGeminiError(body)) throw geminiReplyFailure(endpoint, { ...head, text: event })
      const reply = parsedGemini(endpoint, body)
      const candidate = reply.candidates?.[0]
      if (candidate !== undefined || state === 'nothing') state = candidate === undefined ? 'no candidate' : 'begun'
      finished = candidate?.finishReason ?? finished
      usage = reply.usageMetadata ?? usage
      modelVersion ??= reply.modelVersion
      return partsOf(reply).flatMap(piecesOf)
    },
    rest() {
      // The service leaves out what is empty; an answer that was begun has an end.
      if (state === 'nothing' || (state === 'begun' && finished === undefined)) throw brokenReply(endpoint)
      return collector.rest()
    },
    whole: () => ({
      ...collector.collected(),
      finishReason: finishReasonOf(finished, calls > 0),
      usage: usageOf(usage),
      modelVersion,
    }),
  }
}
