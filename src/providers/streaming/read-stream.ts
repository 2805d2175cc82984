import type { StreamPiece } from '../chat-settings.ts'
import type { StreamedReply } from '../http/streamed-reply.ts'
import type { Generated } from '../provider.ts'
import type { EventParser } from './event-parser.ts'

/** How the events of a protocol become the pieces of an answer. */
export interface StreamReader {
  /** @throws ProviderError when the event is an error, or none of the protocol */
  read(event: string): StreamPiece[]
  /** Called when all events were read: what was held back until then. @throws ProviderError when the answer broke off */
  rest(): StreamPiece[]
  whole(): Generated
}

/** The pieces of an answer as its events come. */
export async function* readStream(
  chunks: StreamedReply['chunks'],
  parser: EventParser,
  reader: StreamReader,
): AsyncGenerator<StreamPiece, Generated, undefined> {
  for await (const chunk of chunks) {
    for (const event of parser.push(chunk)) yield* reader.read(event)
  }
  for (const event of parser.end()) yield* reader.read(event)
  yield* reader.rest()
  return reader.whole()
}
