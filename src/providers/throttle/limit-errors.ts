import { counted } from '../../shared/counted.ts'
import { ProviderError } from '../provider.ts'

/** Of a day whose requests are used up. */
export function dayIsOver(provider: string, modelId: string, limit: number, retryAt: Date, now: Date): ProviderError {
  return notCalled(
    'quota-exhausted',
    `The limit of ${counted(limit, 'request')} a day of ${modelId} (requestsPerDay of ${provider}) is used up until ${retryAt.toISOString()}.`,
    { retryAfterMs: retryAt.getTime() - now.getTime() },
  )
}

/** Of a request that somebody waits for, which our own limits would keep waiting too long. */
export function waitTooLong(provider: string, waitMs: number): ProviderError {
  return notCalled(
    'rate-limited',
    `The limits of ${provider} in incumbent.yaml keep this request waiting for ${Math.ceil(waitMs / 1000)} s or more.`,
    { isRetryable: true, retryAfterMs: waitMs },
  )
}

function notCalled(...[kind, message, options]: ConstructorParameters<typeof ProviderError>): ProviderError {
  const error = new ProviderError(kind, message, options)
  error.attempts = 0
  return error
}
