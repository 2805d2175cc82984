import type { ToolCall } from '../../tasks/task.ts'
import type { StreamPiece, ToolCallPiece } from '../chat-settings.ts'
import type { Generated } from '../provider.ts'
import { thinkingWarning } from '../thinking-text.ts'
import { createThinkingFilter } from './thinking-filter.ts'

/** Makes pieces of what an adapter reads, and the whole answer of the pieces. */
export interface AnswerCollector {
  text(part: string): StreamPiece[]
  /** Thoughts that the protocol keeps apart from the answer. */
  thought(part: string): void
  toolCall(piece: ToolCallPiece): StreamPiece[]
  /** What was held back until the end. */
  rest(): StreamPiece[]
  collected(): Pick<Generated, 'text' | 'toolCalls' | 'warnings' | 'timing'>
}

/** Models of which it is known that their template begins the thoughts unseen; learned from their streams. */
export type UnseenThinkers = Set<string>

const leaked = "The model's template begins its thoughts unseen: they are in this answer, and will be in no later one."

/** @param startedMs when the request was sent, of `performance.now()` */
export function createAnswerCollector(
  modelId: string,
  unseenThinkers: UnseenThinkers,
  startedMs: number,
): AnswerCollector {
  const filter = createThinkingFilter(unseenThinkers.has(modelId))
  let firstTokenMs: number | undefined
  let text = ''
  let thoughts = ''
  let didLeak = false
  const toolCalls: ToolCall[] = []

  function pieceOf(part: string): StreamPiece[] {
    if (part === '') return []
    firstTokenMs ??= performance.now() - startedMs
    text += part
    return [{ kind: 'text', text: part }]
  }

  return {
    text: (part) => pieceOf(filter.push(part)),
    thought(part) {
      thoughts += part
    },
    toolCall(piece) {
      firstTokenMs ??= performance.now() - startedMs
      addTo(toolCalls, piece)
      return [piece]
    },
    rest() {
      const pieces = pieceOf(filter.end())
      didLeak = filter.opensUnseen() && !unseenThinkers.has(modelId)
      if (filter.opensUnseen()) unseenThinkers.add(modelId)
      else unseenThinkers.delete(modelId)
      return pieces
    },
    collected() {
      const warning = didLeak ? leaked : thinkingWarning(thoughts + filter.thoughts())
      return {
        text,
        ...(toolCalls.length === 0 ? {} : { toolCalls }),
        warnings: warning === undefined ? [] : [warning],
        timing: { totalMs: performance.now() - startedMs, firstTokenMs, loadMs: undefined, queueMs: undefined },
      }
    },
  }
}

function addTo(toolCalls: ToolCall[], { index, id, name, signature, arguments: part }: ToolCallPiece): void {
  const known = toolCalls[index]
  if (known !== undefined) known.arguments += part
  else toolCalls[index] = { id: id ?? '', name: name ?? '', arguments: part, signature }
}
