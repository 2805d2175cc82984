import { ProviderError } from './provider.ts'
import { addressOf, type Endpoint } from './provider-errors/endpoint.ts'

interface Limits {
  signal: AbortSignal
  timeoutMs: number
}

/**
 * Does work that ends by itself, at the deadline, or when the caller aborts; `work` gets a signal for the last two.
 * @throws ProviderError of kind `timeout` at the deadline; the reason of the caller's signal when it is aborted
 */
export async function withinDeadline<T>(
  endpoint: Endpoint,
  limits: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(limits, () => timedOut(endpoint, limits, 'no answer'))
  try {
    return await work(deadline.signal)
  } catch (error) {
    throw deadline.reasonOf(error)
  } finally {
    deadline.clear()
  }
}

/**
 * The same for an answer that comes in pieces: the deadline is that of the whole. Errors tell whether pieces went out.
 * An abort ends it at once also while nothing comes; ending the iteration waits for the next piece.
 */
export async function* streamWithinDeadline<Piece, Whole>(
  endpoint: Endpoint,
  limits: Limits,
  work: (signal: AbortSignal) => AsyncGenerator<Piece, Whole, undefined>,
): AsyncGenerator<Piece, Whole, undefined> {
  let pieces = 0
  const deadline = startDeadline(limits, () =>
    timedOut(endpoint, limits, pieces === 0 ? 'no answer' : 'only a part of its answer'),
  )
  const source = work(deadline.signal)
  try {
    for (;;) {
      const next = await source.next()
      if (next.done === true) return next.value
      pieces += 1
      yield next.value
    }
  } catch (thrown) {
    const error = deadline.reasonOf(thrown)
    if (error instanceof ProviderError) error.isMidStream = pieces > 0
    throw error
  } finally {
    deadline.clear()
    await source.return(undefined as never)
  }
}

function startDeadline({ signal, timeoutMs }: Limits, timeout: () => ProviderError) {
  signal.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal.reason)
  const timer = setTimeout(() => controller.abort(timeout()), timeoutMs)
  signal.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    /** Libraries wrap the reason in errors of their own. */
    reasonOf: (error: unknown): unknown => (controller.signal.aborted ? controller.signal.reason : error),
    clear() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}

/** Not retried: a slow answer counts against the model, and a second chance would better only its failures. */
function timedOut(endpoint: Endpoint, { timeoutMs }: Limits, came: string): ProviderError {
  return new ProviderError('timeout', `${addressOf(endpoint)} gave ${came} within ${timeoutMs / 1000} s.`)
}
