import { describe, expect, test } from 'vitest'
import { type Breaker, createBreaker } from '../../src/providers/breaker.ts'
import { ProviderError, type ProviderErrorKind } from '../../src/providers/provider.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'

function started() {
  const clock = createFakeClock()
  const breaker = createBreaker(clock)
  const fail = (model: string, kind: ProviderErrorKind, options: ConstructorParameters<typeof ProviderError>[2] = {}) =>
    breaker.failed(model, new ProviderError(kind, `scripted ${kind}`, options), clock.now().getTime())
  return { clock, breaker, fail }
}

const seconds = (count: number) => count * 1000

/** A call through the breaker that fails or succeeds at once. */
function probe(breaker: Breaker, clock: FakeClock, model: string, error?: ProviderError): boolean {
  if (breaker.admit(model) !== undefined) return false
  const now = clock.now().getTime()
  if (error === undefined) breaker.succeeded(model, now)
  else breaker.failed(model, error, now)
  return true
}

describe('the breaker stays closed', () => {
  test('for everything that a provider does on a bad day, and for every fault of a model', () => {
    const { breaker, fail } = started()
    for (const kind of ['rate-limited', 'overloaded', 'timeout', 'blocked', 'invalid-request'] as const) {
      for (let count = 0; count < 20; count += 1) fail('a', kind, { isRetryable: true })
    }
    expect(breaker.refusal('a')).toBeUndefined()
  })

  test('for four lost connections in a row, and for more that are not in a row', () => {
    const { clock, breaker, fail } = started()
    for (let count = 0; count < 12; count += 1) {
      fail('a', 'unreachable')
      expect(breaker.refusal('a')).toBeUndefined()
      if (count % 4 === 3) breaker.succeeded('b', clock.now().getTime())
    }
  })
})

describe('the breaker opens', () => {
  test('for all models when the key is refused, and for one that the key may not use', () => {
    const one = started()
    one.fail('a', 'auth', { status: 401 })
    expect(one.breaker.refusal('b')).toMatchObject({
      kind: 'auth',
      message: 'scripted auth',
      isRetryable: false,
      attempts: 0,
    })
    const other = started()
    other.fail('a', 'auth', { status: 403 })
    expect([other.breaker.refusal('a')?.kind, other.breaker.refusal('b')]).toEqual(['auth', undefined])
  })

  test('for a model that is not there, and for no other', () => {
    const { breaker, fail } = started()
    fail('a', 'model-not-found', { status: 404 })
    expect([breaker.refusal('a')?.kind, breaker.refusal('b')]).toEqual(['model-not-found', undefined])
  })

  test('for a quota that is certainly used up at once, until the time that is named', async () => {
    const { clock, breaker, fail } = started()
    fail('a', 'quota-exhausted', { retryAfterMs: seconds(3600) })
    await clock.advance(seconds(3599))
    expect(breaker.refusal('a')).toMatchObject({ kind: 'quota-exhausted', retryAfterMs: 1000 })
    await clock.advance(seconds(1))
    expect(probe(breaker, clock, 'a')).toBe(true)
    expect(breaker.refusal('a')).toBeUndefined()
  })

  test('for a quota of the day only after the wait that the provider asked for', async () => {
    const { clock, breaker, fail } = started()
    const named = { isRetryable: true, retryAfterMs: seconds(36) }
    // Eight calls that were under way together prove no more than one.
    for (let call = 0; call < 8; call += 1) fail('a', 'quota-exhausted', named)
    expect(breaker.refusal('a')).toBeUndefined()
    await clock.advance(seconds(36))
    fail('a', 'quota-exhausted', named)
    expect(breaker.refusal('a')).toMatchObject({ kind: 'quota-exhausted', isRetryable: false })
    expect(breaker.refusal('b')).toBeUndefined()
  })

  test('not for a quota of the day that was named by mistake', async () => {
    const { clock, breaker, fail } = started()
    const named = { isRetryable: true, retryAfterMs: seconds(36) }
    fail('a', 'quota-exhausted', named)
    await clock.advance(seconds(36))
    breaker.succeeded('a', clock.now().getTime())
    await clock.advance(seconds(600))
    fail('a', 'quota-exhausted', named)
    expect(breaker.refusal('a')).toBeUndefined()
  })

  test('for everyone after five lost connections in a row', () => {
    const { breaker, fail } = started()
    for (const model of ['a', 'b', 'a', 'b', 'a']) fail(model, 'unreachable', { isRetryable: true })
    expect(breaker.refusal('c')).toMatchObject({
      kind: 'unreachable',
      isRetryable: true,
      retryAfterMs: 1000,
      attempts: 0,
    })
  })
})

describe('an open breaker', () => {
  const lost = new ProviderError('unreachable', 'lost', { isRetryable: true })

  function outage() {
    const all = started()
    for (let call = 0; call < 5; call += 1) all.fail('a', 'unreachable', { isRetryable: true })
    return all
  }

  test('lets one call through per cool-down, which grows to half a minute', async () => {
    const { clock, breaker } = outage()
    const probesAt: number[] = []
    for (let second = 1; second <= 130; second += 1) {
      await clock.advance(seconds(1))
      for (let caller = 0; caller < 3; caller += 1) if (probe(breaker, clock, 'a', lost)) probesAt.push(second)
    }
    expect(probesAt).toEqual([1, 3, 7, 15, 31, 61, 91, 121])
  })

  test('closes at the first answer, so that a server that comes back is used again', async () => {
    const { clock, breaker } = outage()
    await clock.advance(seconds(1))
    expect(probe(breaker, clock, 'a')).toBe(true)
    expect(breaker.refusal('b')).toBeUndefined()
  })

  test('for lost connections closes at any sign of the server', async () => {
    const { clock, breaker } = outage()
    await clock.advance(seconds(1))
    expect(probe(breaker, clock, 'a', new ProviderError('overloaded', 'busy', { isRetryable: true }))).toBe(true)
    expect(breaker.refusal('a')).toBeUndefined()
  })

  test('lets callers wait for the end of a short outage, and fails them at once in a long one', async () => {
    const { clock, breaker } = outage()
    await clock.advance(seconds(59))
    for (let call = 0; call < 5; call += 1) probe(breaker, clock, 'a', lost)
    expect(breaker.refusal('a')).toMatchObject({ isRetryable: true })
    await clock.advance(500)
    expect(breaker.refusal('a')).toMatchObject({ isRetryable: true })
    await clock.advance(600)
    probe(breaker, clock, 'a', lost)
    expect(breaker.refusal('a')).toMatchObject({ kind: 'unreachable', isRetryable: false })
  })

  test('learns nothing from calls that began before it opened', async () => {
    const { clock, breaker, fail } = started()
    const beforeMs = clock.now().getTime()
    await clock.advance(seconds(1))
    fail('a', 'model-not-found')
    breaker.succeeded('a', beforeMs)
    expect(breaker.refusal('a')).toBeDefined()
  })

  test('looks again after a minute whether a model has come or a key works', async () => {
    const { clock, breaker, fail } = started()
    fail('a', 'model-not-found')
    fail('a', 'auth', { status: 401 })
    await clock.advance(seconds(60))
    expect(probe(breaker, clock, 'a')).toBe(true)
    expect([breaker.refusal('a'), breaker.refusal('b')]).toEqual([undefined, undefined])
  })
})
