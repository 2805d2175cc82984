import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBreaker } from '../../../src/providers/breaker.ts'
import { type GenerateRequest, type Provider, ProviderError } from '../../../src/providers/provider.ts'
import { createMemoryDayCounter } from '../../../src/providers/throttle/day-counter.ts'
import {
  type LiveLimits,
  type ThrottleLimits,
  type ThrottleOptions,
  withThrottle,
} from '../../../src/providers/throttle/with-throttle.ts'
import { createFakeClock, type FakeClock, settled } from '../../support/fake-clock.ts'
import { aRequest } from '../../support/loopback-request.ts'

interface Call {
  model: string
  startedMs: number
}

interface World {
  /** The same provider with the same limits for calls that somebody waits for. */
  live: (limits: LiveLimits) => Provider
  clock: FakeClock
  calls: Call[]
  inFlight: () => number
  maxInFlight: () => number
  provider: Provider
}

/** A provider that takes `latencyMs` on the fake clock and then does what `end` says. */
function world(
  limits: Partial<ThrottleLimits>,
  {
    latencyMs = 0,
    isShared = false,
    end = () => undefined as ProviderError | undefined,
    tokens = undefined as number | undefined,
  } = {},
): World {
  const clock = createFakeClock()
  const calls: Call[] = []
  let inFlight = 0
  let maxInFlight = 0
  const bare: Provider = {
    kind: 'openai',
    async generate(request: GenerateRequest) {
      calls.push({ model: request.modelId, startedMs: clock.now().getTime() })
      inFlight += 1
      maxInFlight = Math.max(maxInFlight, inFlight)
      try {
        if (latencyMs > 0) await clock.sleep(latencyMs, request.signal)
        const error = end()
        if (error !== undefined) throw error
        const usage = {
          inputTokens: tokens,
          outputTokens: tokens && 0,
          reasoningTokens: undefined,
          cachedInputTokens: undefined,
        }
        const timing = { totalMs: latencyMs, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined }
        return {
          text: request.modelId,
          finishReason: { unified: 'stop', raw: 'stop' },
          usage,
          timing,
          warnings: [],
          modelVersion: undefined,
        }
      } finally {
        inFlight -= 1
      }
    },
    listModels: async () => [],
  }
  const options: ThrottleOptions = {
    name: 'vllm',
    limits: {
      concurrency: 1000,
      requestsPerMinute: undefined,
      tokensPerMinute: undefined,
      requestsPerDay: undefined,
      ...limits,
    },
    isShared,
    clock,
    breaker: createBreaker(clock),
    dayCounter: createMemoryDayCounter(),
    gates: new Map(),
  }
  const provider = withThrottle(bare, options)
  const live = (limits: LiveLimits) => withThrottle(bare, { ...options, live: limits })
  return { clock, calls, inFlight: () => inFlight, maxInFlight: () => maxInFlight, provider, live }
}

/** Asks, and keeps a rejection for later. */
function ask({ provider }: World, otherwise: Partial<GenerateRequest> = {}) {
  return provider.generate(aRequest(otherwise)).then(
    (generated) => ({ generated, error: undefined }),
    (error: unknown) => ({ generated: undefined, error }),
  )
}

const minuteMs = 60_000

describe('the throttle', () => {
  test('never lets more requests through in any minute than allowed, and wastes little of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 2_000 }),
        async (requestsPerMinute, latencyMs) => {
          const all = world({ requestsPerMinute, concurrency: 4 }, { latencyMs })
          const done = Promise.all(Array.from({ length: 40 }, () => ask(all)))
          for (let minute = 0; minute < 45 && all.calls.length < 40; minute += 1)
            await all.clock.advance(minuteMs + 1_000)
          await all.clock.advance(latencyMs)
          await done
          const starts = all.calls.map(({ startedMs }) => startedMs)
          for (const start of starts) {
            const inMinute = starts.filter((other) => other >= start && other < start + minuteMs).length
            expect(inMinute).toBeLessThanOrEqual(requestsPerMinute)
          }
          const spanMs = (starts.at(-1) ?? 0) - (starts[0] ?? 0)
          expect(spanMs).toBeLessThanOrEqual((40 / requestsPerMinute) * 61_000 + 11 * latencyMs)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('counts tokens as they were used, and only guesses before it knows', async () => {
    const all = world({ tokensPerMinute: 1_000 }, { tokens: 400 })
    const done = [ask(all), ask(all), ask(all), ask(all)]
    await settled()
    // Guessed by their length all four fit; they begin together.
    expect(all.calls).toHaveLength(4)
    const next = ask(all)
    await all.clock.advance(minuteMs - 1_000)
    expect(all.calls).toHaveLength(4)
    await all.clock.advance(2_000)
    expect(all.calls).toHaveLength(5)
    await Promise.all([...done, next])
  })

  test('lets a question through that is larger than the limit of a minute, alone', async () => {
    const all = world({ tokensPerMinute: 10 })
    const messages = [{ role: 'user' as const, content: 'x'.repeat(4_000) }]
    const done = Promise.all([ask(all, { messages }), ask(all, { messages })])
    await settled()
    expect(all.calls).toHaveLength(1)
    await all.clock.advance(minuteMs + 1_000)
    expect(all.calls).toHaveLength(2)
    await done
  })

  test('keeps to the concurrency, for each model or for all of a shared server', async () => {
    for (const [isShared, expected] of [
      [false, 6],
      [true, 3],
    ] as const) {
      const all = world({ concurrency: 3 }, { latencyMs: 100, isShared })
      const done = Promise.all(
        Array.from({ length: 30 }, (_, index) => ask(all, { modelId: index % 2 === 0 ? 'a' : 'b' })),
      )
      await all.clock.advance(2_000)
      await done
      expect(all.maxInFlight()).toBe(expected)
      expect(all.inFlight()).toBe(0)
    }
  })

  test('serves callers in the order in which they came', async () => {
    const all = world({ concurrency: 1 }, { latencyMs: 10 })
    const finished: number[] = []
    const done = Promise.all(
      [0, 1, 2, 3, 4].map(async (caller) => {
        await ask(all)
        finished.push(caller)
      }),
    )
    await all.clock.advance(1_000)
    await done
    expect(finished).toEqual([0, 1, 2, 3, 4])
  })

  test('adds the wait to the queue time and not to the time of the call', async () => {
    const all = world({ concurrency: 1 }, { latencyMs: 100 })
    const done = [ask(all), ask(all)]
    await all.clock.advance(1_000)
    const [first, second] = await Promise.all(done)
    expect(first?.generated?.timing).toMatchObject({ totalMs: 100, queueMs: undefined })
    expect(second?.generated?.timing).toMatchObject({ totalMs: 100, queueMs: 100 })
  })

  test('starts modestly, grows with answers, shrinks by a fifth on a refusal and grows slowly again', async () => {
    let refuses = false
    const all = world(
      { concurrency: 40 },
      {
        latencyMs: 100,
        end: () => (refuses ? new ProviderError('rate-limited', 'slow down', { isRetryable: true }) : undefined),
      },
    )
    const done = Promise.all(Array.from({ length: 6_000 }, () => ask(all)))
    const seen: number[] = []
    const step = async (ms: number) => {
      await all.clock.advance(ms)
      seen.push(all.inFlight())
    }
    await step(0)
    await step(100)
    await step(100)
    refuses = true
    await step(100)
    refuses = false
    await step(100)
    expect(seen).toEqual([16, 32, 40, 32, 32])
    await step(16_000)
    expect(seen.at(-1)).toBeGreaterThan(32)
    await all.clock.advance(60_000)
    await done
  })

  test('does not shrink for an overloaded provider', async () => {
    const all = world(
      { concurrency: 4 },
      { latencyMs: 100, end: () => new ProviderError('overloaded', 'busy', { isRetryable: true }) },
    )
    const done = Promise.all(Array.from({ length: 20 }, () => ask(all)))
    await all.clock.advance(100)
    expect(all.inFlight()).toBe(4)
    await all.clock.advance(10_000)
    await done
  })

  test('holds everyone back for as long as the provider asks', async () => {
    let refusals = 1
    const all = world(
      { concurrency: 2 },
      {
        latencyMs: 100,
        end: () =>
          refusals-- > 0
            ? new ProviderError('rate-limited', 'slow down', { isRetryable: true, retryAfterMs: 7_000 })
            : undefined,
      },
    )
    const done = Promise.all(Array.from({ length: 6 }, () => ask(all)))
    await all.clock.advance(7_000)
    expect(all.calls).toHaveLength(2)
    await all.clock.advance(200)
    expect(all.calls.length).toBeGreaterThan(2)
    await all.clock.advance(5_000)
    await done
  })
})

describe('the requests of a day', () => {
  test('are counted for each model, and when they are used up calls fail at once until the next day', async () => {
    const all = world({ requestsPerDay: 2 })
    expect([await ask(all), await ask(all)].every(({ error }) => error === undefined)).toBe(true)
    const { error } = await ask(all)
    expect(error).toMatchObject({ kind: 'quota-exhausted', isRetryable: false, attempts: 0 })
    expect(String(error)).toMatch(
      /The limit of 2 requests a day of a-model \(requestsPerDay of vllm\) is used up until 2026-11-22T08:00:00/,
    )
    expect((await ask(all, { modelId: 'another' })).error).toBeUndefined()
    await all.clock.advance(7 * 3_600_000)
    expect((await ask(all)).error).toBeUndefined()
    expect(all.calls).toHaveLength(4)
  })
})

describe('calls that somebody waits for', () => {
  test('that take slots share them with an evaluation, and go first', async () => {
    const all = world({ concurrency: 2 }, { latencyMs: 100, isShared: true })
    const live = all.live({ takesSlots: true, maxWaitMs: 5_000 })
    const evaluation = Promise.all(Array.from({ length: 6 }, () => ask(all)))
    const answers = Promise.all([1, 2].map(() => live.generate(aRequest({ modelId: 'live' }))))
    await all.clock.advance(400)
    await Promise.all([evaluation, answers])
    expect(all.calls.map(({ model }) => model === 'live').slice(0, 4)).toEqual([false, false, true, true])
    expect(all.maxInFlight()).toBe(2)
  })

  test('that take none are as many as come, and an evaluation keeps its own', async () => {
    const all = world({ concurrency: 2 }, { latencyMs: 100 })
    const live = all.live({ takesSlots: false, maxWaitMs: 5_000 })
    const evaluation = Promise.all([1, 2, 3].map(() => ask(all)))
    const answers = Promise.all(Array.from({ length: 40 }, () => live.generate(aRequest())))
    await settled()
    expect(all.inFlight()).toBe(42)
    await all.clock.advance(200)
    await Promise.all([evaluation, answers])
  })

  test('keep to the rates that the provider allows', async () => {
    const all = world({ requestsPerMinute: 3 })
    const live = all.live({ takesSlots: false, maxWaitMs: 5_000 })
    await ask(all)
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => live.generate(aRequest())))
    expect(outcomes.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(2)
    expect(all.calls).toHaveLength(3)
  })
})

describe('a call in the queue', () => {
  test('that is aborted leaves it within the same instant, with the reason', async () => {
    const all = world({ requestsPerMinute: 1 })
    await ask(all)
    const controller = new AbortController()
    const waiting = ask(all, { signal: controller.signal })
    await settled()
    controller.abort(new Error('stopped by hand'))
    expect(String((await waiting).error)).toMatch(/stopped by hand/)
    expect(all.clock.sleepers()).toBe(0)
    const next = ask(all)
    await all.clock.advance(61_000)
    expect((await next).error).toBeUndefined()
  })

  test('does not wait for its turn when the turn would be in vain', async () => {
    const all = world(
      { concurrency: 2, requestsPerMinute: 3 },
      { latencyMs: 100, end: () => new ProviderError('auth', 'wrong key', { status: 401 }) },
    )
    const outcomes = Promise.all(Array.from({ length: 50 }, () => ask(all)))
    await all.clock.advance(100)
    expect((await outcomes).every(({ error }) => error instanceof ProviderError && error.kind === 'auth')).toBe(true)
    expect(all.calls).toHaveLength(2)
  })

  test('costs less than a tenth of a millisecond when nothing is limited', async () => {
    const all = world({})
    const request = aRequest()
    const count = 3_000
    for (let warm = 0; warm < 500; warm += 1) await all.provider.generate(request)
    all.calls.length = 0
    const startedMs = process.cpuUsage()
    for (let call = 0; call < count; call += 1) await all.provider.generate(request)
    const { user, system } = process.cpuUsage(startedMs)
    expect((user + system) / 1000 / count).toBeLessThan(0.1)
  })
})
