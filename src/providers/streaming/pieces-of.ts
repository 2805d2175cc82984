import type { StreamPiece } from '../chat-settings.ts'
import type { Generated } from '../provider.ts'

/** An answer that came at once, as the pieces of a stream: its text, and each call of a tool. */
export function piecesOf({ text, toolCalls = [] }: Pick<Generated, 'text' | 'toolCalls'>): StreamPiece[] {
  const calls = toolCalls.map((call, index): StreamPiece => ({ kind: 'tool-call', index, ...call }))
  return text === '' ? calls : [{ kind: 'text', text }, ...calls]
}
