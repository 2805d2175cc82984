import type { StreamPiece } from '../chat-settings.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { brokenReply, parsedReply } from '../provider-errors/unusable-reply.ts'
import type { AnswerCollector } from '../streaming/answer-collector.ts'
import type { StreamReader } from '../streaming/read-stream.ts'
import { finishReasonOf, type OllamaReply, parsedOllama, timingOf, toolCallsOf, usageOf } from './ollama-reply.ts'

/** Reads the lines of a streamed /api/chat; the last of them carries the counts. */
export function createOllamaStreamReader(
  endpoint: Endpoint,
  collector: AnswerCollector,
  modelVersion: string | undefined,
): StreamReader {
  let last: OllamaReply | undefined
  let calls = 0

  function callPieces(reply: OllamaReply): StreamPiece[] {
    return toolCallsOf(reply).flatMap((call) => {
      calls += 1
      return collector.toolCall({ kind: 'tool-call', index: calls - 1, ...call })
    })
  }

  return {
    read(line) {
      const reply = parsedOllama(endpoint, parsedReply(endpoint, line))
      if (reply.done === true) last = reply
      collector.thought(reply.message.thinking ?? '')
      return [...collector.text(reply.message.content), ...callPieces(reply)]
    },
    rest() {
      if (last === undefined) throw brokenReply(endpoint)
      return collector.rest()
    },
    whole() {
      // The line with the counts was read: `rest` looks for it.
      if (last === undefined) throw brokenReply(endpoint)
      const collected = collector.collected()
      const { totalMs, firstTokenMs } = collected.timing
      return {
        ...collected,
        finishReason: finishReasonOf(last, calls > 0),
        usage: usageOf(last),
        timing: { ...timingOf(last, totalMs, false), firstTokenMs },
        modelVersion,
      }
    },
  }
}
