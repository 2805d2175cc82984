import { setMaxListeners } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UserError } from '../../shared/user-error.ts'
import { succeedsWithin } from '../succeeds-within.ts'
import { Cancelled } from './cancelled.ts'
import { handleRequest, type RequestHandling } from './handle-request.ts'

export interface HttpServer {
  /** `http://127.0.0.1:4080` */
  url: string
  /** Takes no new requests, lets those that are being answered end within `graceMs`, and breaks off the rest. */
  stop(graceMs: number): Promise<void>
}

export interface ListenOptions extends Omit<RequestHandling, 'inFlight' | 'stopping'> {
  host: string
  /** 0 takes any that is free. */
  port: number
}

/** From the first byte of a request: a client that sends slowly holds a connection for no longer. */
const headersTimeoutMs = 10_000
const wholeRequestTimeoutMs = 60_000
/** Longer than the idle time of usual clients and proxies, so that it is they who close. */
const keepAliveTimeoutMs = 75_000

/** @throws UserError when the address cannot be listened on */
export async function startHttpServer(options: ListenOptions): Promise<HttpServer> {
  const { host, port } = options
  const inFlight = new Set<AbortController>()
  const stopping = new AbortController()
  // Every request in flight may listen to it.
  setMaxListeners(0, stopping.signal)
  const handling = { ...options, inFlight, stopping: stopping.signal }
  const server = createServer((request, response) => {
    // A connection that was busy when the service was stopped has nothing to wait for any more.
    response.once('close', () => stopping.signal.aborted && server.closeIdleConnections())
    void handleRequest(handling, request, response)
  })
  server.headersTimeout = headersTimeoutMs
  server.requestTimeout = wholeRequestTimeoutMs
  server.keepAliveTimeout = keepAliveTimeoutMs
  await listen(server, host, port)
  return {
    url: urlOf(host, server),
    stop: async (graceMs) => {
      stopping.abort(new Cancelled('stopping'))
      await closed(server, inFlight, graceMs)
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): UserError {
  const where = `${host}:${port}`
  if (error.code === 'EADDRINUSE') {
    return new UserError(
      `Expected to listen on ${where}, but something listens there already. Stop it, or choose another port: ` +
        'server: { port: … } in incumbent.yaml, or --port.',
    )
  }
  return new UserError(
    `Expected to listen on ${where}, but that is not possible (${error.message}). Name another address: ` +
      'server: { host: …, port: … } in incumbent.yaml, or --host and --port.',
  )
}

function urlOf(host: string, server: Server): string {
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function closed(server: Server, inFlight: ReadonlySet<AbortController>, graceMs: number): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  if (await succeedsWithin(done, graceMs)) return
  for (const end of inFlight) end.abort(new Cancelled('stopping'))
  if (!(await succeedsWithin(done, lastWordsMs))) server.closeAllConnections()
  await done
}

/** For requests that were broken off to say so. */
const lastWordsMs = 500
