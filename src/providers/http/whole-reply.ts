import type { Dispatcher } from 'undici'
import type { Clock } from '../../shared/clock.ts'
import type { HttpReply } from '../http-client.ts'

type Controller = Dispatcher.DispatchController

/**
 * One request and its whole reply. It hears the connection's events itself: a body as a stream of its own costs more time
 * than everything else that a short call does here.
 */
export function wholeReply(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  clock: Clock,
): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    let controller: Controller | undefined
    let status = 0
    let headers: HttpReply['headers'] = {}
    const chunks: Buffer[] = []

    function abort(): void {
      // A request that still waits for its connection is aborted when that is there; its caller need not wait so long.
      controller?.abort(signal.reason)
      reject(signal.reason)
    }

    signal.addEventListener('abort', abort, { once: true })
    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started
        if (signal.aborted) started.abort(signal.reason)
      },
      onResponseStart(_controller, statusCode, replyHeaders) {
        status = statusCode
        headers = replyHeaders
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        signal.removeEventListener('abort', abort)
        resolve({ status, headers, text: textOf(chunks), receivedAt: clock.now() })
      },
      onResponseError(_controller, error) {
        signal.removeEventListener('abort', abort)
        reject(error)
      },
    })
  })
}

function textOf(chunks: readonly Buffer[]): string {
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
  // The mark of UTF-8 is no part of the text.
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return bytes.toString('utf8', start)
}
