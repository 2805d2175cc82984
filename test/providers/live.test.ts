import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ProviderConfig } from '../../src/config/provider-config.ts'
import { createProvider } from '../../src/providers/create-provider.ts'
import type { GenerateRequest, Provider, ProviderError } from '../../src/providers/provider.ts'
import { createMemoryDayCounter } from '../../src/providers/throttle/day-counter.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { isProbe, type OpenAiFault, startLoopbackOpenAi } from '../support/loopback-openai.ts'
import { aRequest } from '../support/loopback-request.ts'
import { type Loopback, listen } from '../support/loopback-server.ts'
import { readStream } from '../support/read-stream.ts'

let server: Loopback<OpenAiFault>
beforeAll(async () => {
  server = await startLoopbackOpenAi()
})
afterAll(() => server.close())
beforeEach(() => {
  server.change({ fault: undefined, answer: undefined, pieceDelayMs: 0 })
  server.questions.length = 0
})

/** Two providers of one server in one process: the evaluation's and the application's. */
function pair(otherwise: Partial<ProviderConfig> = {}) {
  const clock = createFakeClock()
  const settings: ProviderConfig = {
    name: 'vllm',
    kind: 'openai',
    apiKey: undefined,
    baseUrl: server.url,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
    requestsPerDay: undefined,
    concurrency: 1,
    timeoutMs: 5_000,
    seed: 1,
    ...otherwise,
  }
  const shared = { clock, random: () => 0.5, dayCounter: createMemoryDayCounter() }
  const made = (isLive: boolean): Provider => {
    const created = createProvider(settings, { ...shared, isLive })
    if (created.status === 'unavailable') throw new Error(created.reason)
    return created.provider
  }
  return { clock, evaluation: made(false), live: made(true) }
}

const free = (otherwise: Partial<GenerateRequest> = {}) => aRequest({ answerSchema: undefined, ...otherwise })
const saying = (content: string) => free({ messages: [{ role: 'user', content }] })
const failure = (call: Promise<unknown>): Promise<ProviderError> =>
  call.then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => error as ProviderError,
  )

/** A question that the server leaves open until it is told to stop. */
function hanging(provider: Provider) {
  server.change({ fault: ({ prompt }) => (prompt === 'wait' ? 'hang' : undefined) })
  const controller = new AbortController()
  const call = provider.generate({ ...saying('wait'), signal: controller.signal }).catch(() => undefined)
  return { call, stop: () => controller.abort(new Error('stopped')) }
}

describe('a request that somebody waits for', () => {
  test('takes the next free slot of a local server, before the evaluation that came first', async () => {
    const { evaluation, live } = pair()
    const first = hanging(evaluation)
    await expect.poll(() => server.questions.length).toBe(1)
    const others = [evaluation.generate(saying('second')), live.generate(saying('live'))]
    first.stop()
    await Promise.all(others)
    expect(server.questions.map(({ prompt }) => prompt)).toEqual(['wait', 'live', 'second'])
  })

  test('is refused when no slot comes free for 5 s, and no call is made', async () => {
    const { clock, evaluation, live } = pair()
    const first = hanging(evaluation)
    await expect.poll(() => server.questions.length).toBe(1)
    const refused = failure(live.generate(saying('live')))
    await clock.advance(5_000)
    expect(await refused).toMatchObject({ kind: 'rate-limited', attempts: 0, message: expect.stringContaining('5 s') })
    first.stop()
    await first.call
    expect(server.questions).toHaveLength(1)
    await live.generate(saying('again'))
  })

  test('is refused at once when a rate would keep it waiting for longer', async () => {
    const { clock, evaluation, live } = pair({ requestsPerMinute: 1 })
    await evaluation.generate(free())
    expect(await failure(live.generate(free()))).toMatchObject({
      kind: 'rate-limited',
      attempts: 0,
      retryAfterMs: 60_500,
    })
    await clock.advance(58_000)
    const call = live.generate(free())
    await clock.advance(2_500)
    await expect(call).resolves.toMatchObject({ text: 'hello' })
  })

  test.each(['503', '429-retry-after'] as const)('is not repeated after %s', async (fault) => {
    const { live } = pair()
    server.change({ fault })
    await failure(live.generate(free()))
    expect(server.questions).toHaveLength(1)
    await readStream(live, free({ modelId: 'another' }))
    expect(server.questions.length).toBeLessThanOrEqual(2)
  })

  test('is repeated once, at once, where the connection died when it was used', async () => {
    const { clock, live } = pair()
    let dies = true
    server.change({
      fault: () => {
        dies = !dies
        return dies ? undefined : 'reset'
      },
    })
    expect(await live.generate(free())).toMatchObject({ text: 'hello', attempts: 2 })
    expect((await readStream(live, free())).generated).toMatchObject({ text: 'hello', attempts: 2 })
    server.change({ fault: 'reset' })
    expect(await failure(live.generate(free()))).toMatchObject({ kind: 'unreachable', attempts: 2 })
    expect(clock.sleeps).toEqual([])
  })

  test('is not repeated when a part of its answer is out', async () => {
    const { live } = pair()
    server.change({ fault: 'reset-mid-stream' })
    const { error } = await readStream(live, free())
    expect(error).toMatchObject({ isMidStream: true, attempts: 1 })
    expect(server.questions).toHaveLength(1)
  })
})

describe('a stream', () => {
  test('holds its slot to its end, and gives it back when its reader goes away', async () => {
    const { clock, live } = pair()
    server.change({ pieceDelayMs: 5 })
    const stream = live.stream?.(free())
    await stream?.next()
    const refused = failure(live.generate(free()))
    await clock.advance(5_000)
    expect(await refused).toMatchObject({ kind: 'rate-limited' })
    await stream?.return(undefined as never)
    await expect(live.generate(free())).resolves.toMatchObject({ text: 'hello' })
  })

  test('tells how long it waited for its slot', async () => {
    const { clock, live } = pair()
    const first = hanging(live)
    await expect.poll(() => server.questions.length).toBe(1)
    const reading = readStream(live, free())
    await clock.advance(2_000)
    first.stop()
    expect((await reading).generated?.timing.queueMs).toBe(2_000)
  })
})

describe('a schema of an application', () => {
  test('is sent at once, without a probe', async () => {
    const { live } = pair()
    await live.generate(aRequest())
    expect(server.questions.map(isProbe)).toEqual([false])
  })

  test('that the server refuses like every other is left out, and said so', async () => {
    const { live } = pair()
    server.change({ fault: 'refuses-every-schema' })
    for (let call = 0; call < 2; call += 1) {
      const { warnings } = await live.generate(aRequest())
      expect(warnings.join()).toMatch(/takes no schema/)
    }
    expect(server.questions.map(isProbe)).toEqual([false, true, false, false])
  })

  test('that is wrong itself is refused', async () => {
    const { live } = pair()
    server.change({ fault: 'refuses-schema' })
    expect(await failure(live.generate(aRequest()))).toMatchObject({ kind: 'invalid-request' })
  })
})

test('a connection that the server closed between two requests costs nobody an answer', async () => {
  const closing: Server = createServer((_request, response) => {
    response.setHeader('keep-alive', 'timeout=60')
    const message = { role: 'assistant', content: 'hello' }
    response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }))
    response.on('finish', () => setImmediate(() => response.socket?.destroy()))
  })
  const { live } = pair({ baseUrl: `${await listen(closing, 0)}/v1` })
  for (let call = 0; call < 20; call += 1) expect((await live.generate(free())).text).toBe('hello')
  closing.close()
})
