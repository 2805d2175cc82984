import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf } from '../../src/providers/provider-errors/endpoint.ts'
import { networkFailure } from '../../src/providers/provider-errors/network-failure.ts'
import { retryAfterMs } from '../../src/providers/provider-errors/retry-after.ts'
import { safeText } from '../../src/providers/provider-errors/safe-text.ts'
import { addressIn, withoutAddresses } from '../../src/providers/provider-errors/without-addresses.ts'

const endpoint = { name: 'vllm', baseUrl: 'http://anna:hunter2@127.0.0.1:8000/v1/', secrets: [] }

describe('the words of somebody else in a message of ours', () => {
  test.each([
    ['key=abc123 failed', 'key=*** failed'],
    ['"api_key": "abc123"', '"api_key": "***"'],
    ['x-goog-api-key: abc123', 'x-goog-api-key: ***'],
    ['Authorization: Bearer abc.def-123', 'Authorization: *** ***'],
    ['sent Bearer abc.def-123 to it', 'sent Bearer *** to it'],
    ['Incorrect API key provided: sk-proj-abcdef', 'Incorrect API key provided: ***'],
    ['AIzaSyA1234567890abc is not valid', '*** is not valid'],
    ['http://anna:hunter2@host/v1 refused', 'http://***@host/v1 refused'],
    ['two\n\n lines', 'two lines'],
  ])('%s', (text, expected) => {
    const safe = safeText(text, [])
    expect(safe).not.toMatch(/abc|hunter2/)
    if (!text.startsWith('Authorization')) expect(safe).toBe(expected)
  })

  test('never hold a secret that is known, wherever it stands, and are never long', () => {
    const secret = fc
      .string({ minLength: 6, maxLength: 40 })
      .filter((text) => text.trim().length >= 6 && !'*'.repeat(40).includes(text))
    fc.assert(
      fc.property(secret, fc.string(), fc.string({ maxLength: 600 }), (key, before, after) => {
        const safe = safeText(before + key + after, [key])
        expect(safe.length).toBeLessThanOrEqual(300)
        expect(safe.includes(key)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a message without addresses', () => {
  test.each([
    ['http://127.0.0.1:11434', 'Post "http://127.0.0.1:39021/completion": EOF', 'Post "…": EOF'],
    ['http://[::1]:8000/v1', 'no route to [fe80::1]:8000 and [::1]', 'no route to … and …'],
    [
      'https://gpu.lan/v1',
      'upstream gpu.lan:8001 and db.lan at http://db.lan/x failed',
      'upstream …:8001 and db.lan at … failed',
    ],
    ['http://gpu:8000', 'gpu:8000 has no gpu', '… has no gpu'],
    [
      'https://api.example.com',
      'see https://docs.example.com/errors (1.2.3)',
      'see https://docs.example.com/errors (1.2.3)',
    ],
    ['http://localhost:8000', 'localhost:9000 refused', '… refused'],
  ])('of a server at %s that says: %s', (baseUrl, says, expected) => {
    const start = `vllm at ${baseUrl} answered 500: `
    expect(withoutAddresses(start + says)).toBe(`vllm answered 500: ${expected}`)
    expect(addressIn(start + says)).toBe(baseUrl)
  })

  test('keeps a message that names none as it is', () => {
    const message = 'Expected at most 3 tokens at 10:30, got 4.'
    expect(withoutAddresses(message)).toBe(message)
    expect(addressIn(message)).toBeUndefined()
  })

  test('never tells the host of the server, whatever its address is', () => {
    fc.assert(
      fc.property(fc.webUrl(), (baseUrl) => {
        const address = addressOf({ name: 'vllm', baseUrl, secrets: [] })
        for (const end of [' answered 500.', ': the connection was refused.', '.'])
          expect(withoutAddresses(`No answer from ${address}${end}`)).not.toContain(new URL(baseUrl).host)
      }),
    )
  })
})

describe('the time that a server asks to wait', () => {
  const now = new Date('2026-11-22T01:00:00Z')
  test.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '120', 'retry-after': '1' }, 120],
    [{ 'retry-after': 'Sun, 22 Nov 2026 01:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': ['3', '4'] }, 3_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5x' }, undefined],
    [{}, undefined],
  ])('%j', (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected)
  })
})

describe('a lost connection', () => {
  test.each([
    ['ECONNREFUSED', true, 'the connection was refused'],
    ['ENOTFOUND', true, 'the name has no address'],
    ['UND_ERR_SOCKET', true, 'closed before the reply was complete'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('by %s says so, and can be tried again unless the certificate is wrong', (code, isRetryable, words) => {
    const error = networkFailure(
      endpoint,
      new Error('fetch failed', { cause: Object.assign(new Error('x'), { code }) }),
    )
    expect(error).toMatchObject({ kind: 'unreachable', isRetryable })
    expect(error.message).toContain(words)
  })

  test('names the address without what it carries of credentials', () => {
    expect(addressOf(endpoint)).toBe('vllm at http://127.0.0.1:8000/v1')
  })
})
