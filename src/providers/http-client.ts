import type { Pool } from 'undici'
import type { Clock } from '../shared/clock.ts'
import type { Endpoint } from './provider-errors/endpoint.ts'
import { networkFailure } from './provider-errors/network-failure.ts'
import type { ReplyHeaders } from './provider-errors/retry-after.ts'

export interface HttpRequest {
  method: 'GET' | 'POST'
  /** Below the base URL, with its slash. */
  path: string
  body?: string
  signal: AbortSignal
}

export interface HttpReply {
  status: number
  headers: ReplyHeaders
  text: string
  receivedAt: Date
}

export interface HttpClient {
  /**
   * Sends a request and reads the whole reply, whatever its status.
   * @throws ProviderError when there is no whole reply; the signal's reason when it is aborted
   */
  send(request: HttpRequest): Promise<HttpReply>
}

const connectTimeoutMs = 10_000
const maxReplyBytes = 64 * 1024 * 1024

/** One pool of connections to one base URL; idle connections close by themselves and keep no process alive. */
export function createHttpClient(
  endpoint: Endpoint,
  headers: Readonly<Record<string, string>>,
  clock: Clock,
): HttpClient {
  const { origin, pathname } = new URL(endpoint.baseUrl)
  const prefix = pathname.replace(/\/+$/, '')
  let opened: Promise<Pool> | undefined
  return {
    async send({ method, path, body, signal }) {
      try {
        opened ??= openPool(origin)
        const pool = await opened
        const options = { method, path: prefix + path, headers: { 'content-type': 'application/json', ...headers } }
        const reply = await pool.request({ ...options, body: body ?? null, signal })
        const text = await reply.body.text()
        return { status: reply.statusCode, headers: reply.headers, text, receivedAt: clock.now() }
      } catch (error) {
        throw signal.aborted ? signal.reason : networkFailure(endpoint, error)
      }
    },
  }
}

/**
 * Loaded at the first call: undici takes 75 ms to load, which commands that call nobody should not pay. Deadlines are
 * the callers', because a local model may think for longer than any limit that fits all.
 */
async function openPool(origin: string): Promise<Pool> {
  const undici = await import('undici')
  return new undici.Pool(origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: maxReplyBytes,
    allowH2: false,
  })
}
