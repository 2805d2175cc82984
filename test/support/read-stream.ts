import type { StreamPiece } from '../../src/providers/chat-settings.ts'
import type { Generated, GenerateRequest, Provider } from '../../src/providers/provider.ts'

export interface ReadStream {
  pieces: StreamPiece[]
  /** Undefined where the stream failed. */
  generated: Generated | undefined
  error: unknown
}

/** Reads a stream to its end, whatever that is. */
export async function readStream(provider: Provider, request: GenerateRequest): Promise<ReadStream> {
  const pieces: StreamPiece[] = []
  if (provider.stream === undefined) throw new Error(`${provider.kind} does not stream.`)
  try {
    const stream = provider.stream(request)
    for (;;) {
      const next = await stream.next()
      if (next.done === true) return { pieces, generated: next.value, error: undefined }
      pieces.push(next.value)
    }
  } catch (error) {
    return { pieces, generated: undefined, error }
  }
}

export function textOf(pieces: readonly StreamPiece[]): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')
}
