import { NotThere } from '../../shared/not-there.ts'
import { UserError } from '../../shared/user-error.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import { GatewayError } from '../gateway/gateway-error.ts'

/** @param message what there is not, and what to do: `There is no tier 9; there are 1, 2, 3.` */
export function notFound(message: string): GatewayError {
  return new GatewayError({ status: 404, message, type: 'invalid_request_error', code: 'not_found' })
}

/** What was refused for a reason that people can read is no failure of the service. */
export function asApiError(error: unknown): unknown {
  if (error instanceof WorkFailed) {
    return new GatewayError(
      { status: 409, message: error.message, type: 'invalid_request_error', code: 'not_possible_now' },
      error,
    )
  }
  if (!(error instanceof UserError)) return error
  if (error instanceof NotThere) return notFound(error.message)
  return new GatewayError(
    { status: 400, message: error.message, type: 'invalid_request_error', code: 'refused' },
    error,
  )
}
