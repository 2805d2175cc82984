import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Generated,
  type Provider,
  ProviderError,
  type ProviderErrorKind,
  providerErrorKinds,
} from '../../src/providers/provider.ts'
import { withRetry } from '../../src/providers/with-retry.ts'
import { createFakeClock, settled } from '../support/fake-clock.ts'
import { aRequest } from '../support/loopback-request.ts'

const answer: Generated = {
  text: 'fine',
  finishReason: { unified: 'stop', raw: 'STOP' },
  usage: { inputTokens: 1, outputTokens: 1, reasoningTokens: undefined, cachedInputTokens: undefined },
  timing: { totalMs: 5, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined },
  warnings: [],
  modelVersion: undefined,
}

type Step = Generated | ProviderError | Error

const failure = (
  kind: ProviderErrorKind,
  options: ConstructorParameters<typeof ProviderError>[2] = { isRetryable: true },
) => new ProviderError(kind, `scripted ${kind}`, options)

/** Does what the script says, and the last of it for ever after. */
function scripted(steps: Step[]): Provider & { calls: () => number } {
  let calls = 0
  return {
    kind: 'openai',
    calls: () => calls,
    async generate() {
      const step = steps[Math.min(calls, steps.length - 1)]
      calls += 1
      if (step === undefined || step instanceof Error) throw step
      return step
    },
    listModels: async () => [],
  }
}

function retried(steps: Step[], random = () => 1) {
  const clock = createFakeClock({ skipsSleep: true })
  const provider = scripted(steps)
  return { clock, provider, call: withRetry(provider, { clock, random }) }
}

describe('a call that fails', () => {
  test('for a reason that passes is made again, with waits that grow up to a limit', async () => {
    const { call, clock } = retried([...Array.from({ length: 5 }, () => failure('overloaded')), answer])
    const generated = await call.generate(aRequest())
    expect(generated).toMatchObject({ text: 'fine', attempts: 6, timing: { totalMs: 5, queueMs: 31_000 } })
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
  })

  test('waits any part of those times, so that callers do not come back together', async () => {
    const { call, clock } = retried([failure('overloaded'), failure('unreachable'), answer], () => 0.25)
    await call.generate(aRequest())
    expect(clock.sleeps).toEqual([250, 500])
  })

  test('waits as long as the provider asks, and a little more, but no longer than a minute', async () => {
    const asked = (retryAfterMs: number) => failure('rate-limited', { isRetryable: true, retryAfterMs })
    const { call, clock } = retried([asked(7_000), asked(300_000), answer], () => 0.5)
    await call.generate(aRequest())
    expect(clock.sleeps).toEqual([7_350, 60_000])
  })

  test('is given up after six attempts, and the error says what it took', async () => {
    const { call, provider } = retried([failure('overloaded')])
    await expect(call.generate(aRequest())).rejects.toMatchObject({ kind: 'overloaded', attempts: 6, waitedMs: 31_000 })
    expect(provider.calls()).toBe(6)
  })

  test('is given up when the next wait would exceed two minutes of waiting', async () => {
    const { call, clock } = retried([failure('rate-limited', { isRetryable: true, retryAfterMs: 50_000 })], () => 0)
    await expect(call.generate(aRequest())).rejects.toMatchObject({ attempts: 3, waitedMs: 100_000 })
    expect(clock.sleeps).toEqual([50_000, 50_000])
  })

  test('for a quota of the day is made once more and no further', async () => {
    const { call, provider } = retried(
      [failure('quota-exhausted', { isRetryable: true, retryAfterMs: 36_000 })],
      () => 0,
    )
    await expect(call.generate(aRequest())).rejects.toMatchObject({
      kind: 'quota-exhausted',
      attempts: 2,
      waitedMs: 36_000,
    })
    expect(provider.calls()).toBe(2)
  })

  test('before it was made (an open breaker) counts no attempt', async () => {
    const refusal = failure('unreachable', { isRetryable: true, retryAfterMs: 500 })
    refusal.attempts = 0
    const { call } = retried([failure('unreachable'), refusal, refusal, answer], () => 0)
    expect(await call.generate(aRequest())).toMatchObject({ attempts: 2 })
  })

  test('for a reason that stays is made once, whatever the kind', async () => {
    for (const kind of providerErrorKinds) {
      const { call, provider } = retried([failure(kind, {}), answer])
      await expect(call.generate(aRequest())).rejects.toMatchObject({ kind, attempts: 1, waitedMs: 0 })
      expect(provider.calls()).toBe(1)
    }
  })

  test('for a defect of ours is not made again', async () => {
    const { call, provider } = retried([new TypeError('defect'), answer])
    await expect(call.generate(aRequest())).rejects.toThrow('defect')
    expect(provider.calls()).toBe(1)
  })
})

describe('an answer', () => {
  test('is never asked for again, however wrong, empty, cut or blocked it is', async () => {
    const unified = ['stop', 'length', 'blocked', 'other'] as const
    for (const text of ['', 'no JSON', '{"cut":']) {
      for (const word of unified) {
        const { call, provider } = retried([{ ...answer, text, finishReason: { unified: word, raw: word } }, answer])
        expect((await call.generate(aRequest())).text).toBe(text)
        expect(provider.calls()).toBe(1)
      }
    }
  })

  test('at the first attempt is handed on as it is', async () => {
    const { call } = retried([answer])
    expect(await call.generate(aRequest())).toBe(answer)
  })
})

test('an abort ends a wait at once, with its reason', async () => {
  const clock = createFakeClock()
  const call = withRetry(scripted([failure('overloaded')]), { clock, random: () => 1 })
  const controller = new AbortController()
  const outcome = call.generate(aRequest({ signal: controller.signal })).catch((error: unknown) => error)
  await settled()
  expect(clock.sleepers()).toBe(1)
  const reason = new Error('stopped by hand')
  controller.abort(reason)
  expect(await outcome).toBe(reason)
  expect(clock.sleepers()).toBe(0)
})

test('no script of failures makes more calls or longer waits than the budget', async () => {
  const anyFailure = fc.record({
    kind: fc.constantFrom(...providerErrorKinds),
    isRetryable: fc.boolean(),
    retryAfterMs: fc.option(fc.nat({ max: 400_000 }), { nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFailure, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (script, random) => {
        const steps = script.map(({ kind, ...options }) => failure(kind, options))
        const { call, clock, provider } = retried(steps, () => random)
        const error = await call.generate(aRequest()).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(ProviderError)
        expect(provider.calls()).toBeLessThanOrEqual(6)
        expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(120_000)
        expect(error).toMatchObject({ attempts: provider.calls() })
      },
    ),
    { numRuns: 200 },
  )
})
