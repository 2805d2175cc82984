import type { Dispatcher } from 'undici'
import type { ReplyHeaders } from '../provider-errors/retry-after.ts'

export interface StreamedReply {
  status: number
  headers: ReplyHeaders
  /** The body as it comes. Ending the iteration early, like the signal, closes the connection at once. */
  chunks: AsyncGenerator<Uint8Array, void, undefined>
}

/** A reader that is this far behind makes the sender wait. */
const maxWaitingBytes = 256 * 1024

/**
 * One request; resolves when the head of its reply is there.
 * @throws what the connection failed with, or the signal's reason
 */
export function streamedReply(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<StreamedReply> {
  return new Promise((resolve, reject) => {
    const body = createBody()
    let controller: Dispatcher.DispatchController | undefined

    function abort(): void {
      controller?.abort(signal.reason)
      reject(signal.reason)
      body.fail(signal.reason)
    }

    signal.addEventListener('abort', abort, { once: true })
    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started
        if (signal.aborted) started.abort(signal.reason)
      },
      onResponseStart(started, status, headers) {
        if (status < 200) return
        resolve({ status, headers, chunks: body.read(started) })
      },
      onResponseData(started, chunk) {
        if (body.push(chunk) > maxWaitingBytes) started.pause()
      },
      onResponseEnd() {
        signal.removeEventListener('abort', abort)
        body.end()
      },
      onResponseError(_controller, error) {
        signal.removeEventListener('abort', abort)
        reject(error)
        body.fail(error)
      },
    })
  })
}

/** What came and was not read yet. */
function createBody() {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let isOver = false
  let failure: { reason: unknown } | undefined
  let wake: (() => void) | undefined

  async function* read(controller: Dispatcher.DispatchController): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const came = waiting
        waiting = []
        waitingBytes = 0
        if (controller.paused) controller.resume()
        yield* came
        if (waiting.length > 0) continue
        if (failure !== undefined) throw failure.reason
        if (isOver) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      if (!isOver && failure === undefined) controller.abort(new Error('The rest of the reply was not wanted.'))
    }
  }

  return {
    read,
    push(chunk: Uint8Array): number {
      waiting.push(chunk)
      waitingBytes += chunk.byteLength
      wake?.()
      return waitingBytes
    },
    end(): void {
      isOver = true
      wake?.()
    },
    fail(reason: unknown): void {
      failure ??= { reason }
      wake?.()
    },
  }
}
