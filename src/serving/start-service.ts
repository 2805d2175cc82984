import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Clock } from '../shared/clock.ts'
import { UserError } from '../shared/user-error.ts'
import type { Gateway } from './gateway/answerer.ts'
import { chatRoute } from './gateway/chat-route.ts'
import { modelsRoutes } from './gateway/models-routes.ts'
import { healthRoutes } from './health-routes.ts'
import type { Route } from './http/exchange.ts'
import type { RequestHandling } from './http/handle-request.ts'
import { createRouter } from './http/router.ts'
import { startHttpServer } from './http/start-http-server.ts'
import { isLoopback } from './loopback-address.ts'
import type { Metrics } from './metrics.ts'
import type { RequestLog } from './request-log.ts'
import { admit, type TokenGate } from './token-gate.ts'

export interface ServiceOptions {
  host: string
  /** 0 takes any that is free. */
  port: number
  clock: Clock
  db: Kysely<Tables>
  gateway: Gateway
  tokens: TokenGate
  metrics: Metrics
  log: RequestLog
  /** Beside those of the gateway and of health. */
  routes?: readonly Route[]
  sendRefusal?: RequestHandling['sendRefusal']
  limits?: Partial<ServiceLimits>
}

export interface ServiceLimits {
  bodyBytes: number
  /** From the headers of a request to the end of its answer. */
  requestMs: number
  /** How long requests may go on when the service is stopped. */
  graceMs: number
}

export interface Service {
  url: string
  /** Lets requests that are being answered come to their end, within limits. */
  stop(): Promise<void>
}

const usualLimits: ServiceLimits = { bodyBytes: 16 * 1024 * 1024, requestMs: 15 * 60_000, graceMs: 10_000 }

/**
 * The HTTP service.
 * @throws UserError when it cannot be listened on, or other machines reach it and there is no API token
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { host, port, tokens, log, routes = [], sendRefusal } = options
  const limits = { ...usualLimits, ...options.limits }
  if (!isLoopback(host) && !tokens.exist()) throw tokenMissing(host)
  const http = await startHttpServer({
    host,
    port,
    route: createRouter([...applicationRoutes(options, limits.bodyBytes), ...routes]),
    admit: (request, { route }) => (route.isOpen ? undefined : admit(request, tokens, isLoopback(host))),
    ...(sendRefusal === undefined ? {} : { sendRefusal }),
    log,
    timeLimitMs: limits.requestMs,
  })
  return {
    url: http.url,
    stop: () => http.stop(limits.graceMs),
  }
}

/** What applications and whoever watches the service ask. */
export function applicationRoutes(
  { clock, db, gateway, metrics }: Pick<ServiceOptions, 'clock' | 'db' | 'gateway' | 'metrics'>,
  mostBodyBytes: number,
): Route[] {
  return [
    chatRoute({ answer: gateway.answer, clock, metrics, mostBodyBytes }),
    ...modelsRoutes(gateway),
    ...healthRoutes(db, gateway, metrics),
  ]
}

function tokenMissing(host: string): UserError {
  return new UserError(
    `Expected an API token, as other machines can reach the service on ${host}, but there is none. ` +
      'Make one: npx incumbent token create <name>; or listen on 127.0.0.1 (server: { host: … } in incumbent.yaml, or --host).',
  )
}
