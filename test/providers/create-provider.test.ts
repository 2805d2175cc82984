import { describe, expect, test } from 'vitest'
import type { ProviderConfig } from '../../src/config/provider-config.ts'
import { secret } from '../../src/config/secret.ts'
import { checkReachable } from '../../src/providers/check-reachable.ts'
import { createProvider, type ProviderDependencies } from '../../src/providers/create-provider.ts'
import { type Provider, ProviderError } from '../../src/providers/provider.ts'
import { createMemoryDayCounter } from '../../src/providers/throttle/day-counter.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { startLoopbackGemini } from '../support/loopback-gemini.ts'
import { startLoopbackOllama } from '../support/loopback-ollama.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import { aRequest } from '../support/loopback-request.ts'

const settings: ProviderConfig = {
  name: 'ollama',
  kind: 'ollama',
  apiKey: undefined,
  baseUrl: 'http://127.0.0.1:11434',
  requestsPerMinute: undefined,
  tokensPerMinute: undefined,
  requestsPerDay: undefined,
  concurrency: 4,
  timeoutMs: 5_000,
  seed: 1,
}

function dependencies(clock: FakeClock = createFakeClock({ skipsSleep: true })): ProviderDependencies {
  return { clock, random: () => 0.5, dayCounter: createMemoryDayCounter() }
}

function created(otherwise: Partial<ProviderConfig>, with_ = dependencies()): Provider {
  const result = createProvider({ ...settings, ...otherwise }, with_)
  if (result.status === 'unavailable') throw new Error(result.reason)
  return result.provider
}

describe('a configured provider', () => {
  test.each<[string, Partial<ProviderConfig>, string, RegExp]>([
    [
      'Gemini without a key',
      { name: 'gemini', kind: 'gemini', baseUrl: undefined },
      'no GEMINI_API_KEY',
      /^Set GEMINI_API_KEY in \.env$/,
    ],
    [
      'OpenAI without a key',
      { name: 'openai', kind: 'openai', baseUrl: 'https://api.openai.com/v1' },
      'no API key for openai',
      /apiKey: \$\{OPENAI_API_KEY\}/,
    ],
    [
      'a server without an address',
      { name: 'vllm', kind: 'openai', baseUrl: undefined },
      'no address for vllm',
      /vllm: \{ baseUrl: http/,
    ],
  ])('%s is unavailable, with the reason and what to do', (_name, otherwise, reason, remedy) => {
    const result = createProvider({ ...settings, ...otherwise }, dependencies())
    expect(result).toMatchObject({ status: 'unavailable', reason })
    expect(result.status === 'unavailable' ? result.remedy : '').toMatch(remedy)
  })

  test('calls nobody when it is made', () => {
    expect(created({ baseUrl: 'http://127.0.0.1:1' }).kind).toBe('ollama')
  })

  test('of each kind answers, with the context that the registry has for a model', async () => {
    const servers = [await startLoopbackGemini(), await startLoopbackOllama(), await startLoopbackOpenAi()] as const
    const [gemini, ollama, openAi] = servers
    const withContext = { ...dependencies(), contextTokensOf: () => 4096 }
    const providers = [
      created({ name: 'gemini', kind: 'gemini', baseUrl: gemini.url, apiKey: secret('k') }),
      created({ baseUrl: ollama.url }, withContext),
      created({ name: 'vllm', kind: 'openai', baseUrl: openAi.url }),
    ]
    // In-process models read the sample; of what a remote one gets, only the messages may come from it.
    const sample = { key: 'sample-7', task: 'task-7', input: { notes: 'notes-7' }, repeat: 0 }
    for (const provider of providers) {
      const generated = await provider.generate(aRequest({ modelId: 'tiny', sample }))
      expect(JSON.parse(generated.text)).toEqual({ title: 'text', level: 'junior', skills: ['text'] })
    }
    expect(ollama.questions[0]?.body.options).toMatchObject({ num_ctx: 4096 })
    for (const { requests } of servers) expect(requests.map(({ text }) => text).join()).not.toMatch(/-7/)
    await Promise.all(servers.map((server) => server.close()))
  })
})

describe('under faults', () => {
  test('calls are repeated as Gemini asks, and the answer tells what it took', async () => {
    const clock = createFakeClock({ skipsSleep: true })
    const server = await startLoopbackGemini({ fault: ({ index }) => (index < 2 ? '429-retry-info' : undefined) })
    const provider = created(
      { name: 'gemini', kind: 'gemini', baseUrl: server.url, apiKey: secret('k') },
      dependencies(clock),
    )
    const { attempts, timing } = await provider.generate(aRequest())
    expect(attempts).toBe(3)
    expect(timing.queueMs).toBeGreaterThanOrEqual(15_000)
    expect(timing.totalMs).toBeLessThan(5_000)
    await server.close()
  })

  test('a quota of the day stops the model after one wait, and no other model', async () => {
    const server = await startLoopbackGemini({
      fault: ({ model }) => (model === 'a-model' ? '429-per-day' : undefined),
    })
    const provider = created({ name: 'gemini', kind: 'gemini', baseUrl: server.url, apiKey: secret('k') })
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => provider.generate(aRequest())))
    expect(
      outcomes.every((outcome) => outcome.status === 'rejected' && isKind(outcome.reason, 'quota-exhausted')),
    ).toBe(true)
    expect(server.calls()).toBeLessThanOrEqual(8)
    await expect(provider.generate(aRequest({ modelId: 'another' }))).resolves.toMatchObject({
      modelVersion: 'another',
    })
    await server.close()
  })

  test('a wrong key is found out by the calls that are under way and by no more', async () => {
    const server = await startLoopbackOpenAi({ apiKey: 'right' })
    const provider = created({
      name: 'vllm',
      kind: 'openai',
      baseUrl: server.url,
      apiKey: secret('wrong'),
      concurrency: 2,
    })
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => provider.generate(aRequest())))
    expect(outcomes.every((outcome) => outcome.status === 'rejected' && isKind(outcome.reason, 'auth'))).toBe(true)
    expect(server.requests.length).toBeLessThanOrEqual(2)
    await server.close()
  })

  test('a server that dies and comes back loses no call', async () => {
    const clock = createFakeClock()
    const first = await startLoopbackOllama()
    const port = Number(new URL(first.url).port)
    const provider = created({ baseUrl: first.url }, dependencies(clock))
    await provider.generate(aRequest({ modelId: 'tiny' }))
    await first.close()
    const outcomes = Promise.allSettled(
      Array.from({ length: 12 }, () => provider.generate(aRequest({ modelId: 'tiny' }))),
    )
    for (let second = 0; second < 20; second += 1) await tick(clock)
    const again = await startLoopbackOllama({ port })
    for (let second = 0; second < 60 && again.calls() < 12; second += 1) await tick(clock)
    expect((await outcomes).map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'fulfilled'))
    expect(again.calls()).toBe(12)
    await again.close()
  })

  test('a server that stays away fails everyone at once after a minute', async () => {
    const clock = createFakeClock()
    const provider = created({ baseUrl: 'http://127.0.0.1:1' }, dependencies(clock))
    const first = Promise.allSettled(Array.from({ length: 8 }, () => provider.generate(aRequest({ modelId: 'tiny' }))))
    for (let second = 0; second < 150; second += 1) await tick(clock)
    expect((await first).every(({ status }) => status === 'rejected')).toBe(true)
    const laterCalls = Array.from({ length: 100 }, () => provider.generate(aRequest({ modelId: 'tiny' })))
    const later = Promise.allSettled(laterCalls)
    // One of them may be the one that looks whether the server is back.
    const atOnce = await Promise.race([Promise.allSettled(laterCalls.slice(1)), tick(clock)])
    expect(atOnce).toHaveLength(99)
    for (let second = 0; second < 40; second += 1) await tick(clock)
    expect(
      (await later).every((outcome) => outcome.status === 'rejected' && isKind(outcome.reason, 'unreachable')),
    ).toBe(true)
  })

  /** A second of the fake clock, and long enough for the loopback interface. */
  async function tick(clock: FakeClock): Promise<void> {
    await clock.advance(1_000)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
})

describe('whether a provider is there', () => {
  const signal = new AbortController().signal

  test('is known with its models', async () => {
    const server = await startLoopbackOllama()
    expect(await checkReachable(created({ baseUrl: server.url }), signal)).toMatchObject({
      status: 'reachable',
      models: [{ id: 'llama3.2:3b' }, { id: 'qwen3:0.6b' }, { id: 'gpt-oss:20b' }, { id: 'tiny:latest' }],
    })
    await server.close()
  })

  test('is told with what to do when it is not', async () => {
    expect(await checkReachable(created({ baseUrl: 'http://127.0.0.1:1' }), signal)).toEqual({
      status: 'unavailable',
      reason: 'No answer from Ollama at http://127.0.0.1:1: the connection was refused',
      remedy: 'Start it with `ollama serve`, or set OLLAMA_HOST to where it runs',
    })
    const server = await startLoopbackGemini({ apiKey: 'right' })
    const wrongKey = created({ name: 'gemini', kind: 'gemini', baseUrl: server.url, apiKey: secret('wrong') })
    expect(await checkReachable(wrongKey, signal)).toMatchObject({
      status: 'unavailable',
      remedy: 'Set a valid GEMINI_API_KEY in .env',
    })
    await server.close()
  })

  test('is not waited for', async () => {
    const silent: Provider = {
      ...created({}),
      listModels: (stop) => new Promise((_, reject) => stop?.addEventListener('abort', () => reject(stop.reason))),
    }
    expect(await checkReachable(silent, signal, 50)).toMatchObject({
      status: 'unavailable',
      reason: 'no answer within 0.05 s',
    })
    const controller = new AbortController()
    const check = checkReachable(silent, controller.signal, 5_000)
    controller.abort(new Error('stopped'))
    await expect(check).rejects.toThrow('stopped')
  })

  test('is not doubted when it is only busy', async () => {
    const busy: Provider = {
      ...created({}),
      listModels: () => Promise.reject(new ProviderError('overloaded', 'busy', { isRetryable: true })),
    }
    expect(await checkReachable(busy, signal)).toEqual({ status: 'reachable', models: undefined })
  })
})

function isKind(error: unknown, kind: string): boolean {
  return error instanceof ProviderError && error.kind === kind
}
