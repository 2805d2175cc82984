import type { StreamPiece } from '../../providers/chat-settings.ts'
import type { Generated } from '../../providers/provider.ts'
import { type CompletionHead, finishReasonOf, signed, usageOf } from './completion.ts'

/** The events of a streamed answer as texts of the protocol `text/event-stream`. */
export interface StreamEvents {
  /** The first one: who speaks. */
  role(): string
  piece(piece: StreamPiece): string
  /** The last ones: why it ended, the counts where they were asked for, and the mark of the end. */
  end(generated: Generated): string
}

export function streamEvents({ id, created, model }: CompletionHead, includesUsage: boolean): StreamEvents {
  const head = JSON.stringify({ id, object: 'chat.completion.chunk', created, model }).slice(0, -1)
  const tail = includesUsage ? ',"usage":null}' : '}'
  const chunk = (choices: string, rest = tail) => `data: ${head},"choices":[${choices}]${rest}\n\n`
  const choice = (delta: string, reason = 'null') =>
    chunk(`{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${reason}}`)
  return {
    role: () => choice('{"role":"assistant","content":"","refusal":null}'),
    piece: (piece) =>
      choice(
        piece.kind === 'text' ? `{"content":${JSON.stringify(piece.text)}}` : JSON.stringify(toolCallDelta(piece)),
      ),
    end: (generated) =>
      (generated.refusal === undefined ? '' : choice(JSON.stringify({ refusal: generated.refusal }))) +
      choice('{}', `"${finishReasonOf(generated)}"`) +
      (includesUsage ? chunk('', `,"usage":${JSON.stringify(usageOf(generated.usage) ?? null)}}`) : '') +
      'data: [DONE]\n\n',
  }
}

/** An answer that came as a whole, as the pieces of a stream. */
export function piecesOf({ text, toolCalls = [] }: Generated): StreamPiece[] {
  const calls = toolCalls.map((call, index) => ({
    kind: 'tool-call' as const,
    index,
    id: call.id,
    name: call.name,
    arguments: call.arguments,
    ...(call.signature === undefined ? {} : { signature: call.signature }),
  }))
  return [...(text === '' ? [] : [{ kind: 'text' as const, text }]), ...calls]
}

function toolCallDelta(piece: Extract<StreamPiece, { kind: 'tool-call' }>) {
  const { index, id, name, arguments: text, signature } = piece
  const call = {
    index,
    ...(id === undefined ? {} : { id, type: 'function' }),
    function: { ...(name === undefined ? {} : { name }), arguments: text },
    ...signed(signature),
  }
  return { tool_calls: [call] }
}
