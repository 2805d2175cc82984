import type { Dispatcher, Pool } from 'undici'
import type { Clock } from '../shared/clock.ts'
import { type StreamedReply, streamedReply } from './http/streamed-reply.ts'
import { wholeReply } from './http/whole-reply.ts'
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
  /**
   * Sends a request and resolves with the head of the reply; the body follows as it comes.
   * @throws ProviderError when the connection fails, also from the body; the signal's reason when it is aborted
   */
  open(request: HttpRequest): Promise<StreamedReply>
  /** A reply that was opened, read to its end. */
  whole(reply: StreamedReply): Promise<HttpReply>
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
  const allHeaders = { 'content-type': 'application/json', ...headers }
  let opened: Promise<Pool> | undefined

  function optionsOf({ method, path, body }: HttpRequest): Dispatcher.DispatchOptions {
    return { origin, method, path: prefix + path, headers: allHeaders, body: body ?? null }
  }

  async function pool({ signal }: HttpRequest): Promise<Pool> {
    signal.throwIfAborted()
    opened ??= openPool(origin)
    return opened
  }

  function failure(error: unknown, { signal }: HttpRequest): unknown {
    return signal.aborted ? signal.reason : networkFailure(endpoint, error)
  }

  return {
    async send(request) {
      try {
        return await wholeReply(await pool(request), optionsOf(request), request.signal, clock)
      } catch (error) {
        throw failure(error, request)
      }
    },
    async open(request) {
      try {
        const reply = await streamedReply(await pool(request), optionsOf(request), request.signal)
        return { ...reply, chunks: told(reply.chunks, request) }
      } catch (error) {
        throw failure(error, request)
      }
    },
    async whole({ status, headers, chunks }) {
      const decoder = new TextDecoder()
      let text = ''
      for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
      return { status, headers, text: text + decoder.decode(), receivedAt: clock.now() }
    },
  }

  /** The same chunks, with failures of the connection as ours. */
  async function* told(chunks: StreamedReply['chunks'], request: HttpRequest): StreamedReply['chunks'] {
    try {
      yield* chunks
    } catch (error) {
      throw failure(error, request)
    }
  }
}

/** Whoever knows that calls will come has it loaded before: commands that call nobody should not pay for it. */
export async function loadPool(): Promise<typeof Pool> {
  return (await import('undici/lib/dispatcher/pool.js')).default
}

/** Deadlines are the callers', because a local model may think for longer than any limit that fits all. */
async function openPool(origin: string): Promise<Pool> {
  const PoolOfOrigin = await loadPool()
  return new PoolOfOrigin(origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: maxReplyBytes,
    allowH2: false,
  })
}
