import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { JsonObject, JsonValue } from '../../src/shared/json.ts'
import { closeServer, listen } from './loopback-server.ts'

/**
 * What goes wrong with a call: a refusal by its word; a wait of so many seconds; a status; an answer that is lost, so that
 * the caller does not know that it was done; a connection that is cut before.
 */
export type SlackFault =
  | { error: string; needed?: string }
  | { retryAfter: number }
  | { status: number }
  | 'lost-answer'
  | 'reset'

export interface SlackMessage {
  channel: string
  ts: string
  text: string
  blocks: JsonObject[]
  key: string | undefined
  thread: string | undefined
  isBroadcast: boolean
}

export interface LoopbackSlack {
  /** The base URL to configure. */
  url: string
  /** Everything that was posted, in its order. */
  messages: SlackMessage[]
  /** Names of the methods that were called. */
  calls: string[]
  /** Pictures by their ids. */
  files: Map<string, { name: string; alt: string; bytes: number; isComplete: boolean }>
  /** How often blocks with a picture are refused until Slack has looked at it. */
  slowPictures: number
  /** What the app may do, as a header of every answer says. */
  scopes: string[]
  /** By which messages are dated. */
  now: () => Date
  fail(fault: (method: string, index: number) => SlackFault | undefined): void
  close(): Promise<void>
}

/** A server on 127.0.0.1 that speaks Slack's protocol as far as messages need it. */
export async function startLoopbackSlack({
  token = 'xoxb-loopback',
  channels = { models: 'C0MODELS1' },
} = {}): Promise<LoopbackSlack> {
  let fault: (method: string, index: number) => SlackFault | undefined = () => undefined
  let posted = 0
  const start = {
    messages: [],
    calls: [],
    files: new Map(),
    slowPictures: 0,
    scopes: ['chat:write', 'files:write'],
    now: () => new Date(),
  }
  const slack = start as unknown as LoopbackSlack
  const ids: Record<string, string> = channels
  const idOf = (channel: string) => ids[channel.replace(/^#/, '')] ?? Object.values(ids).find((id) => id === channel)

  const methods: Record<string, (form: URLSearchParams) => JsonValue> = {
    'auth.test': () => ({ ok: true, team: 'Example', user: 'incumbent', team_id: 'T0EXAMPLE', user_id: 'U0INCUMBENT' }),
    'chat.postMessage': postMessage,
    'files.getUploadURLExternal': (form) => {
      const id = `F0PICTURE${slack.files.size + 1}`
      slack.files.set(id, { name: text(form, 'filename'), alt: text(form, 'alt_text'), bytes: 0, isComplete: false })
      return { ok: true, upload_url: `${origin}/upload/${id}`, file_id: id }
    },
    'files.completeUploadExternal': (form) => {
      const named = JSON.parse(text(form, 'files')) as { id: string; title: string }[]
      if (named.some(({ id }) => (slack.files.get(id)?.bytes ?? 0) === 0)) return refusal('file_not_found')
      for (const { id } of named) Object.assign(slack.files.get(id) ?? {}, { isComplete: true })
      return { ok: true, files: named }
    },
    'conversations.list': () => {
      const all = Object.entries(ids).map(([name, id]) => ({ id, name }))
      return { ok: true, channels: all, response_metadata: { next_cursor: '' } }
    },
    'conversations.history': (form) => pageOf(form, ({ thread, isBroadcast }) => thread === undefined || isBroadcast),
    'conversations.replies': (form) => pageOf(form, ({ thread, ts }) => [thread, ts].includes(text(form, 'ts'))),
  }

  function postMessage(form: URLSearchParams): JsonValue {
    const channel = idOf(text(form, 'channel'))
    if (channel === undefined) return refusal('channel_not_found')
    const blocks = JSON.parse(form.get('blocks') ?? '[]') as JsonObject[]
    if (!blocks.every(isShowable)) return refusal('invalid_blocks')
    const metadata = JSON.parse(form.get('metadata') ?? '{}') as { event_payload?: { key?: string } }
    posted += 1
    const ts = `${Math.floor(slack.now().getTime() / 1000)}.${String(posted).padStart(6, '0')}`
    const thread = form.get('thread_ts') ?? undefined
    const isBroadcast = form.get('reply_broadcast') === 'true'
    slack.messages.push({
      channel,
      ts,
      text: text(form, 'text'),
      blocks,
      key: metadata.event_payload?.key,
      thread,
      isBroadcast,
    })
    return { ok: true, channel, ts }
  }

  function isShowable(block: JsonObject): boolean {
    if (block.type !== 'image') return true
    const { id } = block.slack_file as { id: string }
    if (slack.files.get(id)?.isComplete !== true) return false
    slack.slowPictures -= 1
    return slack.slowPictures < 0
  }

  /** Two messages a page, the newest first, so that pages are turned. */
  function pageOf(form: URLSearchParams, isAsked: (message: SlackMessage) => boolean): JsonValue {
    const all = slack.messages
      .filter((message) => message.channel === form.get('channel') && isAsked(message))
      .filter(({ ts }) => Number(ts) > Number(form.get('oldest') ?? 0))
      .toReversed()
    const start = Number(form.get('cursor') ?? 0)
    const messages = all.slice(start, start + 2).map(({ ts, text: words, key, thread }) => ({
      type: 'message',
      ts,
      text: words,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...(form.get('include_all_metadata') === 'true' && key !== undefined
        ? { metadata: { event_type: 'incumbent_message', event_payload: { key } } }
        : {}),
    }))
    return { ok: true, messages, response_metadata: { next_cursor: start + 2 < all.length ? String(start + 2) : '' } }
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming)
    const path = incoming.url ?? ''
    const method = path.startsWith('/upload/') ? 'upload' : path.replace('/api/', '')
    const found = fault(method, slack.calls.filter((call) => call === method).length)
    slack.calls.push(method)
    if (found === 'reset') return void incoming.socket.resetAndDestroy()
    if (typeof found === 'object') return refuse(response, found)
    const answer = method === 'upload' ? uploaded(path, body) : called(method, incoming, body)
    if (found === 'lost-answer') return void incoming.socket.resetAndDestroy()
    response.writeHead(200, {
      'content-type': typeof answer === 'string' ? 'text/plain' : 'application/json',
      'x-oauth-scopes': slack.scopes.join(','),
    })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }

  function uploaded(path: string, body: Buffer): string {
    Object.assign(slack.files.get(path.replace('/upload/', '')) ?? {}, { bytes: body.length })
    return `OK - ${body.length}`
  }

  function called(method: string, incoming: IncomingMessage, body: Buffer): JsonValue {
    if (incoming.headers.authorization !== `Bearer ${token}`) return refusal('invalid_auth')
    return methods[method]?.(new URLSearchParams(body.toString('utf8'))) ?? refusal('unknown_method')
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  const origin = await listen(server, 0)
  return Object.assign(slack, {
    url: `${origin}/api/`,
    fail: (next: typeof fault) => {
      fault = next
    },
    close: () => closeServer(server),
  })
}

function refuse(response: ServerResponse, fault: Exclude<SlackFault, string>): void {
  if ('retryAfter' in fault) {
    response.writeHead(429, { 'retry-after': String(fault.retryAfter) }).end('{"ok":false,"error":"ratelimited"}')
  } else if ('status' in fault) {
    response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Slack is having problems</h1>')
  } else {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: false, ...fault }))
  }
}

function refusal(error: string): JsonValue {
  return { ok: false, error }
}

function text(form: URLSearchParams, name: string): string {
  return form.get(name) ?? ''
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
