import { askAgainMs } from '../../http/retry-after.ts'
import { GatewayError } from '../gateway-error.ts'

/** @param message who cannot be asked, why, and what a person can do about it */
export function modelUnavailable(message: string): GatewayError {
  return new GatewayError({
    status: 503,
    message,
    type: 'server_error',
    code: 'model_unavailable',
    retryAfterMs: askAgainMs.person,
  })
}
