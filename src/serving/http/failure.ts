import type { ServerResponse } from 'node:http'
import { databaseFailure } from '../../database/database-failure.ts'
import { ProviderError, type ProviderErrorKind } from '../../providers/provider.ts'
import { withoutAddresses } from '../../providers/provider-errors/without-addresses.ts'
import { GatewayError, type Refusal, type RefusalKind } from '../gateway/gateway-error.ts'
import { Cancelled } from './cancelled.ts'
import { askAgainMs } from './retry-after.ts'
import { sendJson } from './send.ts'

/** What went wrong, in the terms of OpenAI's protocol. */
export function refusalFor(error: unknown, requestId: string): Refusal {
  if (error instanceof GatewayError) return error.refusal
  if (error instanceof ProviderError) return refusalOf(error)
  if (error instanceof Cancelled) return refusalByReason[error.reason]
  if (databaseFailure(error) !== undefined) return withoutDatabase(requestId)
  const message = `Something failed in the service; its log says more under the request id ${requestId}.`
  return { status: 500, message, type: 'server_error', code: 'internal_error' }
}

/** The service goes on by itself when it is back. */
function withoutDatabase(requestId: string): Refusal {
  const message = `The database cannot be used now; the service goes on when it can. Its log says more under the request id ${requestId}.`
  return { status: 503, message, type: 'server_error', code: 'database_away', retryAfterMs: askAgainMs.database }
}

/** The object that stands alone in a body, and in an event of a stream that broke off. */
export function errorBody({ message, type, param, code }: Refusal) {
  return { error: { message, type, param: param ?? null, code: code ?? null } }
}

export function sendFailure(response: ServerResponse, refusal: Refusal): void {
  const { status, code } = refusal
  sendJson(response, status, errorBody(refusal), {
    // Official clients repeat every 429, and a quota does not come back in seconds.
    ...(code === 'insufficient_quota' ? { 'x-should-retry': 'false' } : {}),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  })
}

/** Of whoever was asked last: the caller is to blame for what it asked, the upstream for the rest. */
const refusalByKind: Readonly<Record<ProviderErrorKind, RefusalKind>> = {
  'rate-limited': {
    status: 429,
    type: 'rate_limit_error',
    code: 'rate_limit_exceeded',
    retryAfterMs: askAgainMs.rateLimit,
  },
  'quota-exhausted': {
    status: 429,
    type: 'rate_limit_error',
    code: 'insufficient_quota',
    retryAfterMs: askAgainMs.quota,
  },
  overloaded: { status: 503, type: 'server_error', code: 'upstream_overloaded', retryAfterMs: askAgainMs.overload },
  unreachable: { status: 502, type: 'server_error', code: 'upstream_unreachable' },
  auth: { status: 502, type: 'server_error', code: 'upstream_refused_key' },
  timeout: { status: 504, type: 'server_error', code: 'upstream_timeout' },
  'model-not-found': { status: 502, type: 'server_error', code: 'upstream_model_not_found' },
  blocked: { status: 400, type: 'invalid_request_error', code: 'content_filter' },
  'invalid-request': { status: 400, type: 'invalid_request_error', code: 'refused_by_model' },
}

/** Where models are served is no matter of an application. When to ask again the provider knows best. */
function refusalOf({ kind, message, retryAfterMs }: ProviderError): Refusal {
  return {
    ...refusalByKind[kind],
    message: withoutAddresses(message),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

const refusalByReason: Readonly<Record<Cancelled['reason'], Refusal>> = {
  // Nobody reads it; it stands in the log.
  'client-gone': {
    status: 499,
    message: 'The client closed the connection.',
    type: 'server_error',
    code: 'client_gone',
  },
  'time-limit': {
    status: 504,
    message: 'There was no whole answer within the time limit of a request.',
    type: 'server_error',
    code: 'timeout',
  },
  stopping: {
    status: 503,
    message: 'The service is being stopped.',
    type: 'server_error',
    code: 'stopping',
    retryAfterMs: askAgainMs.restart,
  },
}
