import type { IncomingMessage, ServerResponse } from 'node:http'
import { ProviderError } from '../../providers/provider.ts'
import { addressIn } from '../../providers/provider-errors/without-addresses.ts'
import type { Refusal } from '../gateway/gateway-error.ts'
import type { RequestLog } from '../request-log.ts'
import { Cancelled } from './cancelled.ts'
import type { Exchange } from './exchange.ts'
import { refusalFor, sendFailure } from './failure.ts'
import { requestIdFrom } from './request-id.ts'
import { setRetryAfter } from './retry-after.ts'
import type { Match } from './router.ts'

export interface RequestHandling {
  route: (method: string, path: string) => Match
  /** @returns the name of the caller's token, where one is needed. @throws GatewayError when the caller may not */
  admit: (request: IncomingMessage, match: Match) => string | undefined
  /** For a caller to whom a refusal is not told as JSON; false leaves it to that. */
  sendRefusal?: (exchange: Exchange, refusal: Refusal) => boolean
  log: RequestLog
  /** Most milliseconds from the headers of a request to the end of its answer. */
  timeLimitMs: number
  /** The requests that are being answered, each by what ends it. */
  inFlight: Set<AbortController>
  /** Aborted when the service is to stop. */
  stopping: AbortSignal
}

/** Carries one request from its headers to the line of the log; never throws. */
export async function handleRequest(
  handling: RequestHandling,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedMs = performance.now()
  const end = new AbortController()
  const requestId = requestIdFrom(request.headers['x-request-id'])
  const exchange: Exchange = {
    request,
    response,
    requestId,
    route: undefined,
    params: {},
    caller: undefined,
    signal: end.signal,
    stopping: handling.stopping,
    noted: {},
  }
  const timer = setTimeout(() => end.abort(new Cancelled('time-limit')), handling.timeLimitMs)
  response.setHeader('x-request-id', requestId)
  response.on('close', () => {
    if (!response.writableFinished) end.abort(new Cancelled('client-gone'))
  })
  handling.inFlight.add(end)
  try {
    await answer(handling, exchange)
  } catch (error) {
    fail(handling, exchange, error)
  } finally {
    clearTimeout(timer)
    handling.inFlight.delete(end)
    writeLine(handling.log, exchange, performance.now() - startedMs)
  }
}

async function answer({ route, admit }: RequestHandling, exchange: Exchange): Promise<void> {
  const { request } = exchange
  // Node.js leaves out the body of an answer to HEAD.
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  const match = route(method, pathOf(request))
  exchange.route = match.route
  exchange.params = match.params
  exchange.caller = admit(request, match)
  await match.route.handle(exchange)
}

function fail({ sendRefusal }: RequestHandling, exchange: Exchange, error: unknown): void {
  const { response, requestId, noted } = exchange
  const refusal = refusalFor(error, requestId)
  noted.error = refusal.code ?? refusal.type
  if (refusal.code === 'internal_error') noted.at = framesOf(error)
  if (refusal.code === 'database_away' && error instanceof Error) noted.at = error.message
  if (error instanceof ProviderError) noted.upstream = addressIn(error.message)
  noted.status = refusal.status
  if (!response.headersSent) {
    if (refusal.retryAfterMs !== undefined) setRetryAfter(response, refusal.retryAfterMs)
    if (sendRefusal?.(exchange, refusal) !== true) sendFailure(response, refusal)
  } else if (!response.writableEnded) response.destroy()
}

/** Where it happened; messages of errors may repeat what the request held. */
function framesOf(error: unknown): string {
  const { name, stack = '' } = error instanceof Error ? error : new Error('no error')
  return [name, ...stack.split('\n').filter((line) => /^\s+at /.test(line))].slice(0, 6).join(' ').replace(/\s+/g, ' ')
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}

function writeLine(log: RequestLog, { request, response, requestId, route, noted }: Exchange, ms: number): void {
  const status = response.statusCode
  if (route?.isQuiet && status < 400) return
  const { method } = request
  log.write('request', { requestId, method, path: pathOf(request), status, ms: Math.round(ms * 10) / 10, ...noted })
}
