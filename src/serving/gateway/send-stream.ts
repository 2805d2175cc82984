import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Generated } from '../../providers/provider.ts'
import { Cancelled } from '../http/cancelled.ts'
import type { Exchange } from '../http/exchange.ts'
import { errorBody, refusalFor } from '../http/failure.ts'
import type { AnsweredStream } from './answerer.ts'
import { servedByHeaders } from './served-by-headers.ts'
import type { StreamEvents } from './stream-events.ts'

/**
 * Sends the pieces of an answer as they come, no faster than the client reads. What fails on the way is told in an event of
 * its own, as the status has gone out by then.
 * @throws what the pieces throw
 */
export async function sendStream(
  { response, signal, requestId }: Exchange,
  { pieces, servedBy }: Pick<AnsweredStream, 'pieces' | 'servedBy'>,
  events: StreamEvents,
): Promise<Generated> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...servedByHeaders(servedBy),
  })
  try {
    const generated = await sendPieces(response, pieces, events, signal)
    response.end(events.end(generated))
    return generated
  } catch (error) {
    if (!response.destroyed) response.end(`data: ${JSON.stringify(errorBody(refusalFor(error, requestId)))}\n\n`)
    throw error
  }
}

async function sendPieces(
  response: ServerResponse,
  pieces: AnsweredStream['pieces'],
  events: StreamEvents,
  signal: AbortSignal,
): Promise<Generated> {
  let text = events.role()
  try {
    for (;;) {
      const next = await pieces.next()
      if (next.done) return next.value
      text += events.piece(next.value)
      if (!response.write(text)) await drained(response, signal)
      text = ''
    }
  } finally {
    // Frees the connection to the model when the client went away; nothing happens when the pieces came to their end.
    await pieces.return(undefined as never)
    if (text !== '' && !response.destroyed) response.write(text)
  }
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw response.destroyed ? new Cancelled('client-gone') : error
  }
}
