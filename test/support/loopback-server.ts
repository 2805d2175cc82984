import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/shared/json.ts'
import { exampleFor } from './loopback-answers.ts'
import { isStreamFault, type StreamFault, sendStream } from './loopback-stream.ts'

/** What can go wrong on the way, whatever the protocol. */
export const transportFaults = ['hang', 'reset', 'reset-mid-body', 'cut-json', 'html-error', 'html-page'] as const
export type TransportFault = (typeof transportFaults)[number]

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingMessage['headers']
  /** As it came. */
  text: string
  body: JsonValue | undefined
}

/** One question to a model, as any of the protocols asks it. */
export interface Asked {
  /** How many questions came before. */
  index: number
  model: string
  /** All messages, one after another. */
  prompt: string
  schema: JsonObject | undefined
  maxOutputTokens: number | undefined
  body: JsonObject
  /** Tools that the model is to call: said by the script, and only where the question has tools. */
  calls?: SaidCall[]
}

/** A call of a tool that the script lets the model make. */
export interface SaidCall {
  name: string
  arguments: JsonObject
}

export interface Reply {
  status: number
  headers?: Record<string, string>
  body: JsonValue | string
}

/** How a protocol's questions are read and its replies written. */
export interface Protocol<F extends string> {
  faults: readonly F[]
  /** Between the origin and the paths of the protocol. */
  basePath: string
  keyOf(request: RecordedRequest): string | undefined
  /** Undefined for requests that ask no model. */
  readQuestion(request: RecordedRequest): Omit<Asked, 'index'> | undefined
  reply(asked: Asked, text: string, fault: F | undefined): Reply
  /** How a reply of success looks on the wire piece by piece, where the question asks for a stream. */
  stream?(asked: Asked, reply: JsonObject): StreamedBody | undefined
  wrongKey(): Reply
  /** Lists, versions and the like. */
  replyToOther(request: RecordedRequest): Reply
}

export interface StreamedBody {
  contentType: string
  /** Events or lines, each with its end. */
  parts: string[]
  /** What a server writes that fails after it has begun. */
  failure: string
}

type Chosen<T> = T | ((asked: Asked) => T | undefined)

export interface Script<F extends string> {
  /** What the model says; without it, or where it says nothing, an example of the schema it was given. */
  answer?: Chosen<string> | undefined
  fault?: Chosen<F | TransportFault | StreamFault> | undefined
  latencyMs?: number
  toolCalls?: Chosen<SaidCall[]> | undefined
  /** Between the pieces of a stream. */
  pieceDelayMs?: number
}

export interface LoopbackOptions<F extends string> extends Script<F> {
  /** 0, the default, takes a free one. */
  port?: number
  /** A key that requests must bring. */
  apiKey?: string
  /** False keeps only the last 100 requests, for long runs. */
  keepsRequests?: boolean
}

export interface Loopback<F extends string> {
  /** The base URL to configure. */
  url: string
  requests: RecordedRequest[]
  questions: Asked[]
  calls(): number
  /** The most questions that were open at the same time. */
  maxInFlight(): number
  /** Questions whose caller went away before the answer was complete. */
  abandoned(): number
  change(script: Script<F>): void
  close(): Promise<void>
}

/** Starts a server on 127.0.0.1 that speaks a protocol, answers as it is told to and remembers what it was asked. */
export async function startLoopback<F extends string>(
  protocol: Protocol<F>,
  options: LoopbackOptions<F> = {},
): Promise<Loopback<F>> {
  const { apiKey, keepsRequests = true } = options
  const script: Script<F> = { ...options }
  const requests: RecordedRequest[] = []
  const questions: Asked[] = []
  let calls = 0
  let inFlight = 0
  let maxInFlight = 0
  let abandoned = 0

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await recorded(incoming, protocol.basePath)
    if (request.path.startsWith('/loopback/')) return sendJson(response, control(request))
    remember(requests, request)
    if (apiKey !== undefined && protocol.keyOf(request) !== apiKey) return sendJson(response, protocol.wrongKey())
    const question = protocol.readQuestion(request)
    if (question === undefined) return sendJson(response, protocol.replyToOther(request))
    const asked: Asked = { ...question, index: calls }
    remember(questions, asked)
    calls += 1
    inFlight += 1
    maxInFlight = Math.max(maxInFlight, inFlight)
    response.on('close', () => {
      inFlight -= 1
      if (!response.writableFinished) abandoned += 1
    })
    await answer(asked, response)
  }

  async function answer(asked: Asked, response: ServerResponse): Promise<void> {
    const fault = chosen(script.fault, asked)
    if (script.latencyMs !== undefined && script.latencyMs > 0) await delay(script.latencyMs)
    const text =
      chosen(script.answer, asked) ?? (asked.schema === undefined ? 'hello' : JSON.stringify(exampleFor(asked.schema)))
    const calls = chosen(script.toolCalls, asked)
    if (calls !== undefined && asked.body.tools !== undefined) asked.calls = calls
    if (isTransportFault(fault)) return breakDown(fault, protocol.reply(asked, text, undefined), response)
    const streamFault = isStreamFault(fault) ? fault : undefined
    const reply = protocol.reply(asked, text, isStreamFault(fault) ? undefined : fault)
    const isAnswer = reply.status === 200 && isJsonObject(reply.body)
    const body = isAnswer ? protocol.stream?.(asked, reply.body as JsonObject) : undefined
    if (body === undefined) return sendJson(response, reply)
    await sendStream(response, body, streamFault, script.pieceDelayMs ?? 0)
  }

  function remember<T>(list: T[], entry: T): void {
    list.push(entry)
    if (!keepsRequests && list.length > 100) list.shift()
  }

  /** For a server that runs as a process of its own. */
  function control({ method, body }: RecordedRequest): Reply {
    if (method === 'POST' && isJsonObject(body)) Object.assign(script, { fault: undefined }, body)
    return { status: 200, body: { calls, inFlight, maxInFlight, faults: [...transportFaults, ...protocol.faults] } }
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  const origin = await listen(server, options.port ?? 0)
  return {
    url: origin + protocol.basePath,
    requests,
    questions,
    calls: () => calls,
    maxInFlight: () => maxInFlight,
    abandoned: () => abandoned,
    change: (next) => Object.assign(script, next),
    close: () => closeServer(server),
  }
}

export function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function recorded(incoming: IncomingMessage, basePath: string): Promise<RecordedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const { method = 'GET', url = '/', headers } = incoming
  const path = url.startsWith(basePath) ? url.slice(basePath.length) : url
  return { method, path, headers, text, body: text === '' ? undefined : (JSON.parse(text) as JsonValue) }
}

function chosen<T>(choice: Chosen<T> | undefined, asked: Asked): T | undefined {
  return typeof choice === 'function' ? (choice as (asked: Asked) => T | undefined)(asked) : choice
}

function isTransportFault(fault: string | undefined): fault is TransportFault {
  return transportFaults.some((name) => name === fault)
}

function sendJson(response: ServerResponse, { status, headers, body }: Reply): void {
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** What a reply looks like that goes wrong on the way. */
function breakDown(fault: TransportFault, { body }: Reply, response: ServerResponse): void {
  const text = JSON.stringify(body)
  const half = text.slice(0, text.length / 2)
  const page = (title: string) =>
    `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>`
  switch (fault) {
    case 'hang':
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'reset-mid-body':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) })
      response.write(half, () => response.socket?.resetAndDestroy())
      return
    case 'cut-json':
      response.writeHead(200, { 'content-type': 'application/json' }).end(half)
      return
    case 'html-error':
      response.writeHead(502, { 'content-type': 'text/html' }).end(page('502 Bad Gateway'))
      return
    case 'html-page':
      response.writeHead(200, { 'content-type': 'text/html' }).end(page('Sign in to the network'))
  }
}
