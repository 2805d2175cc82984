import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { AnsweredStream } from '../../src/serving/gateway/answerer.ts'
import { UserError } from '../../src/shared/user-error.ts'
import {
  clientFor,
  generated,
  hello,
  servedByIncumbent,
  startedService,
  streamed,
  textPieces,
  whole,
} from './started-service.ts'

const json = { 'content-type': 'application/json' }

/** Sends bytes as they are and gives what comes back until the connection closes. */
async function rawly(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => {
    received += String(chunk)
  })
  socket.write(text)
  await once(socket, 'close')
  return received
}

describe('the HTTP service', async () => {
  const service = await startedService({ limits: { bodyBytes: 2_000 } })
  const { url, client } = service

  test('lists tiers and models, and shows one of them, also with a slash in its name', async () => {
    const ids = []
    for await (const model of client.models.list()) ids.push(model.id)
    expect(ids).toEqual(['tier-1', 'Qwen/Qwen3-4B'])
    const model = { id: 'Qwen/Qwen3-4B', object: 'model', owned_by: 'vllm', created: 1_795_309_200 }
    expect(await client.models.retrieve('Qwen/Qwen3-4B')).toMatchObject(model)
    expect(await (await fetch(`${url}/v1/models/Qwen/Qwen3-4B`)).json()).toMatchObject(model)
    await expect(client.models.retrieve('tier-2')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  })

  test('gives each request an id, or keeps the one that it came with', async () => {
    expect((await fetch(`${url}/healthz`)).headers.get('x-request-id')).toMatch(/^req_[0-9a-f-]{36}$/)
    const given = await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'order-7:1' } })
    expect(given.headers.get('x-request-id')).toBe('order-7:1')
    const strange = await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'a b"c' } })
    expect(strange.headers.get('x-request-id')).toMatch(/^req_/)
  })

  test('says what there is instead of a page or a method that there is not', async () => {
    const page = await fetch(`${url}/v1/chat/completion`, { method: 'POST' })
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('did you mean \\"/v1/chat/completions\\"?')
    const method = await fetch(`${url}/v1/chat/completions`)
    expect(method.status).toBe(405)
    expect(await method.text()).toContain('Expected POST for /v1/chat/completions, got GET.')
  })

  test('answers HEAD as GET, without the body', async () => {
    const response = await fetch(`${url}/healthz`, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test('refuses bodies that are no JSON, say that they are something else, or are too long', async () => {
    const post = (body: string, headers: Record<string, string> = json) =>
      fetch(`${url}/v1/chat/completions`, { method: 'POST', body, headers })
    expect((await post('{"model":')).status).toBe(400)
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415)
    const long = await post(JSON.stringify({ ...hello, user: 'a'.repeat(3_000) }))
    expect(long.status).toBe(413)
    expect(await long.text()).toContain('at most 2000 bytes')
  })

  test('tells a client that speaks no HTTP so, and goes on', async () => {
    expect(await rawly(url, 'hello?\r\n\r\n')).toContain('400 Bad Request')
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  test('turns away a page of the internet that gives its own name our address', async () => {
    const asked = (host: string) => rawly(url, `GET /v1/models HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await asked('evil.example:4080')).toContain('403 Forbidden')
    for (const host of ['localhost:4080', '127.0.0.1', '[::1]:4080']) expect(await asked(host)).toContain('200 OK')
  })

  test('writes one line for each request, with its outcome and never with a word of prompt or answer', async () => {
    service.answersWith(() => Promise.resolve(whole({ text: 'the answer is a secret' })))
    const messages = [{ role: 'user' as const, content: 'the question is a secret' }]
    await client.chat.completions.create({ ...hello, messages }, { headers: { 'x-request-id': 'logged-1' } })
    await client.post('/chat/completions', { body: { ...hello, messages, n: 3 } }).catch(() => undefined)
    const lines = service.lines()
    expect(lines.find(({ requestId }) => requestId === 'logged-1')).toEqual({
      level: 'info',
      time: '2026-11-22T01:00:00.000Z',
      event: 'request',
      requestId: 'logged-1',
      method: 'POST',
      path: '/v1/chat/completions',
      status: 200,
      ms: expect.any(Number) as number,
      asked: 'tier-1',
      model: 'qwen3-4b',
      tier: 1,
      stage: 'none',
      attempt: 1,
      inputTokens: 12,
      outputTokens: 3,
    })
    expect(lines.at(-1)).toMatchObject({ status: 400, error: 'invalid_value' })
    expect(lines.some(({ path }) => path === '/healthz')).toBe(false)
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  test('shows Prometheus how long answers take, by model and tier', async () => {
    service.answersWith(() => Promise.resolve(streamed(textPieces('Hi'))))
    await client.chat.completions.stream(hello).done()
    const response = await fetch(`${url}/metrics`)
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const text = await response.text()
    const labels = 'gen_ai_operation_name="chat",gen_ai_response_model="qwen3-4b",incumbent_tier="1"'
    expect(text).toMatch(
      new RegExp(`^gen_ai_server_request_duration_seconds_count\\{${labels},error_type=""\\} \\d+$`, 'm'),
    )
    expect(text).toContain(`gen_ai_server_time_to_first_token_seconds_count{${labels}} 1`)
    expect(text).toMatch(
      /^incumbent_gateway_requests_total\{tier="1",model="qwen3-4b",stage="none",attempt="1"\} \d+$/m,
    )
    expect(text).toContain(`gen_ai_client_operation_duration_seconds_sum{${labels}} 0.01`)
    expect(text).toContain(`gen_ai_client_token_usage_sum{${labels},gen_ai_token_type="input"} 24`)
    expect(text).toContain('error_type="invalid_value"')
    expect(text).toContain('nodejs_eventloop_lag_seconds')
  })
})

describe('a client that goes away', async () => {
  const service = await startedService()

  test('before the answer ends the call to the model at once', async () => {
    const given = Promise.withResolvers<AbortSignal>()
    service.answersWith(({ signal }) => {
      given.resolve(signal)
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    })
    const gone = new AbortController()
    const answer = service.client.chat.completions.create(hello, { signal: gone.signal })
    const signal = await given.promise
    gone.abort()
    await expect(answer).rejects.toThrow('aborted')
    if (!signal.aborted) await once(signal, 'abort')
    expect(signal.reason).toMatchObject({ name: 'Cancelled', reason: 'client-gone' })
  })

  test('in the middle of a stream ends the pieces', async () => {
    const ended = Promise.withResolvers<string>()
    service.answersWith(({ signal }) => {
      async function* endless(): AnsweredStream['pieces'] {
        try {
          for (;;) {
            yield { kind: 'text', text: 'on and on' }
            await new Promise((resolve) => setImmediate(resolve))
          }
        } finally {
          ended.resolve(signal.aborted ? 'aborted' : 'returned')
        }
      }
      return Promise.resolve({ kind: 'stream', pieces: endless(), servedBy: servedByIncumbent })
    })
    const stream = await service.client.chat.completions.create({ ...hello, stream: true })
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content === 'on and on') break
    expect(await ended.promise).toBe('aborted')
    await expect.poll(() => service.lines().at(-1)).toMatchObject({ status: 499, error: 'client_gone' })
  })

  test('or reads slowly is sent no more than it takes', async () => {
    let made = 0
    service.answersWith(() => {
      async function* plenty(): AnsweredStream['pieces'] {
        for (; made < 2_000; made += 1) yield { kind: 'text', text: 'x'.repeat(64 * 1024) }
        return generated()
      }
      return Promise.resolve({ kind: 'stream', pieces: plenty(), servedBy: servedByIncumbent })
    })
    const body = JSON.stringify({ ...hello, stream: true })
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
    socket.pause()
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    await expect.poll(() => made).toBeGreaterThan(1)
    let before = -1
    await expect
      .poll(
        () => {
          const isStill = made === before
          before = made
          return isStill
        },
        { interval: 50 },
      )
      .toBe(true)
    expect(made).toBeLessThan(500)
    socket.destroy()
  })
})

describe('limits of time', () => {
  test('a request that takes too long is broken off and told so', async () => {
    const service = await startedService({ limits: { requestMs: 30 } })
    service.answersWith(
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    )
    await expect(service.client.chat.completions.create(hello)).rejects.toMatchObject({ status: 504, code: 'timeout' })
  })

  test('a service that is stopped lets answers come to their end, and takes no new requests', async () => {
    const service = await startedService()
    const answers = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    service.answersWith(async () => {
      begun.resolve()
      await answers.promise
      return whole()
    })
    const answer = service.client.chat.completions.create(hello)
    await begun.promise
    const stopped = service.stop()
    await expect(clientFor(service.url).models.list()).rejects.toThrow('Connection error')
    answers.resolve()
    expect((await answer).choices[0]?.message.content).toBe('Hello!')
    await stopped
  })

  test('a service that is stopped breaks off what takes too long, and tells it so', async () => {
    const service = await startedService({ limits: { graceMs: 20 } })
    const begun = Promise.withResolvers<void>()
    service.answersWith(({ signal }) => {
      begun.resolve()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    })
    const answer = service.client.chat.completions.create(hello)
    const refused = expect(answer).rejects.toMatchObject({ status: 503, code: 'stopping' })
    await begun.promise
    await service.stop()
    await refused
  })
})

describe('who may ask', () => {
  const tokens = { exist: () => true, nameOf: (token: string) => (token === 'right' ? 'ci' : undefined) }

  test('nobody but the holder of a token, once there is one; health is told to everybody', async () => {
    const service = await startedService({ tokens })
    await expect(service.client.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
    expect((await clientFor(service.url, 'right').models.list()).data).toHaveLength(2)
    expect((await fetch(`${service.url}/v1/models`)).headers.get('www-authenticate')).toBe('Bearer')
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401)
    for (const path of ['healthz', 'readyz']) expect((await fetch(`${service.url}/${path}`)).status).toBe(200)
  })

  test('nobody at all from other machines while there is no token: the service does not start', async () => {
    const starting = startedService({ host: '0.0.0.0' })
    await expect(starting).rejects.toThrow(UserError)
    await expect(starting).rejects.toThrow('npx incumbent token create')
  })

  test('nobody from other machines after the last token was revoked', async () => {
    let isThere = true
    const revocable = { exist: () => isThere, nameOf: () => (isThere ? 'ci' : undefined) }
    const service = await startedService({ host: '0.0.0.0', tokens: revocable })
    const url = service.url.replace('0.0.0.0', '127.0.0.1')
    expect((await clientFor(url).models.list()).data).toHaveLength(2)
    isThere = false
    await expect(clientFor(url).models.list()).rejects.toMatchObject({ status: 401 })
  })
})

describe('a port that is taken', () => {
  test('is named, with what to do', async () => {
    const { url } = await startedService()
    const port = Number(new URL(url).port)
    const second = startedService({ port })
    await expect(second).rejects.toThrow(UserError)
    await expect(second).rejects.toThrow(`127.0.0.1:${port}, but something listens there already`)
  })
})

describe('readiness', () => {
  test('says what is missing', async () => {
    const missing = ['No model holds tier 2.']
    const gateway = {
      answer: () => Promise.resolve(whole()),
      models: () => [],
      missing: () => missing,
      stop: async () => {},
    }
    const { url } = await startedService({ gateway })
    const response = await fetch(`${url}/readyz`)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await response.json()).toEqual({ status: 'not ready', missing })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })
})
