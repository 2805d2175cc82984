import { ProviderError } from './provider.ts'
import { addressOf, type Endpoint } from './provider-errors/endpoint.ts'

/**
 * Does work that ends by itself, at the deadline, or when the caller aborts; `work` gets a signal for the last two.
 * @throws ProviderError of kind `timeout` at the deadline; the reason of the caller's signal when it is aborted
 */
export async function withinDeadline<T>(
  endpoint: Endpoint,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal.reason)
  const timer = setTimeout(() => controller.abort(timedOut(endpoint, timeoutMs)), timeoutMs)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await work(controller.signal)
  } catch (error) {
    // Libraries wrap the reason in errors of their own.
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/** Not retried: a slow answer counts against the model, and a second chance would better only its failures. */
function timedOut(endpoint: Endpoint, timeoutMs: number): ProviderError {
  return new ProviderError('timeout', `${addressOf(endpoint)} gave no answer within ${timeoutMs / 1000} s.`)
}
