import { APIError } from 'openai'
import { describe, expect, test } from 'vitest'
import { ProviderError, type ProviderErrorKind } from '../../../src/providers/provider.ts'
import { GatewayError } from '../../../src/serving/gateway/gateway-error.ts'
import { hello, startedService, whole } from '../started-service.ts'

async function refusal(request: Promise<unknown>): Promise<APIError> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof APIError) return error
  throw new Error(`expected an error of the API, got ${String(error)}`)
}

describe('a request that cannot be understood', async () => {
  const service = await startedService()
  service.answersWith(() => Promise.resolve(whole()))
  const post = (body: unknown) => service.client.post('/chat/completions', { body })

  test.each([
    ['no model', { messages: hello.messages }, 'model', 'model: expected text, got nothing'],
    ['no messages', { model: 'tier-1', messages: [] }, 'messages', 'expected a list of at least 1 entry'],
    ['a strange role', { ...hello, messages: [{ role: 'bot', content: '' }] }, 'messages[0].role', 'got "bot"'],
    ['a text for a number', { ...hello, temperature: 'hot' }, 'temperature', 'expected a number, got "hot"'],
    ['more than one answer', { ...hello, n: 2 }, 'n', 'expected 1 or nothing'],
    ['log probabilities', { ...hello, logprobs: true }, 'logprobs', 'not passed on'],
    ['sound', { ...hello, modalities: ['text', 'audio'] }, 'modalities', '["text"]'],
    ['functions of old', { ...hello, functions: [{ name: 'f' }] }, 'functions', 'use tools'],
    [
      'a schema without a name',
      { ...hello, response_format: { type: 'json_schema', json_schema: { schema: {} } } },
      'response_format.json_schema.name',
      'expected text',
    ],
    [
      'an image',
      {
        ...hello,
        messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://127.0.0.1' } }] }],
      },
      'messages[0].content[0].type',
      'images, audio and files are not passed on',
    ],
  ])('%s: the message names the parameter, what was expected and what came', async (_what, body, param, message) => {
    const error = await refusal(post(body))
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', code: 'invalid_value', param })
    expect(error.message).toContain(message)
    expect(error.message).not.toContain('\n')
  })

  test('an unknown parameter is refused, as by the official API, with the one that was probably meant', async () => {
    const error = await refusal(post({ ...hello, temprature: 0 }))
    expect(error).toMatchObject({ status: 400, code: 'unknown_parameter', param: 'temprature' })
    expect(error.message).toContain("Unknown parameter: 'temprature'. Did you mean temperature?")
  })

  test('what changes no answer is let through', async () => {
    const harmless = {
      store: false,
      service_tier: 'auto',
      prompt_cache_key: 'a',
      n: 1,
      logprobs: false,
      modalities: ['text'],
    }
    await expect(post({ ...hello, ...harmless })).resolves.toMatchObject({ object: 'chat.completion' })
  })
})

describe('an answer that fails', async () => {
  const service = await startedService()
  const { client } = service

  test.each<[ProviderErrorKind, number, string]>([
    ['rate-limited', 429, 'rate_limit_exceeded'],
    ['quota-exhausted', 429, 'insufficient_quota'],
    ['overloaded', 503, 'upstream_overloaded'],
    ['unreachable', 502, 'upstream_unreachable'],
    ['auth', 502, 'upstream_refused_key'],
    ['timeout', 504, 'upstream_timeout'],
    ['model-not-found', 502, 'upstream_model_not_found'],
    ['blocked', 400, 'content_filter'],
    ['invalid-request', 400, 'refused_by_model'],
  ])('because the model was %s has the status %i and the code %s', async (kind, status, code) => {
    service.answersWith(() => Promise.reject(new ProviderError(kind, 'Told by the provider.', { retryAfterMs: 6_500 })))
    const error = await refusal(client.chat.completions.create(hello))
    expect(error).toMatchObject({ status, code, param: null })
    expect(error.message).toContain('Told by the provider.')
    expect(error.headers?.get('retry-after')).toBe('7')
    expect(error.headers?.get('x-request-id')).toMatch(/^req_/)
  })

  test('because of a server does not tell the application where that is; the log does', async () => {
    const message = 'Ollama at http://10.1.2.3:11434/ollama answered 500: dial tcp 10.1.2.3:39021: connection refused.'
    service.answersWith(() => Promise.reject(new ProviderError('overloaded', message)))
    const error = await refusal(client.chat.completions.create(hello))
    expect(error.message).toContain('Ollama answered 500: dial tcp …: connection refused.')
    expect(service.lines().at(-1)).toMatchObject({ status: 503, upstream: 'http://10.1.2.3:11434/ollama' })
  })

  test('because a quota is used up is not asked again by the client, as it would be in vain', async () => {
    let calls = 0
    service.answersWith(() => {
      calls += 1
      return Promise.reject(new ProviderError('quota-exhausted', 'Tomorrow.'))
    })
    await refusal(client.chat.completions.create(hello, { maxRetries: 2 }))
    expect(calls).toBe(1)
  })

  test('because the database is away says so, is worth another try, and tells nobody where it is', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })
    service.answersWith(() => Promise.reject(away))
    const error = await refusal(client.chat.completions.create(hello))
    expect(error).toMatchObject({ status: 503, code: 'database_away' })
    expect(error.message).not.toContain('10.1.2.3')
    expect(service.lines().at(-1)).toMatchObject({ status: 503, at: 'connect ECONNREFUSED 10.1.2.3:5432' })
  })

  test('because of a defect tells the request id and nothing of the inside', async () => {
    service.answersWith(() => Promise.reject(new Error('a secret of the service')))
    const error = await refusal(client.chat.completions.create(hello, { headers: { 'x-request-id': 'mine-1' } }))
    expect(error).toMatchObject({ status: 500, code: 'internal_error', type: 'server_error', requestID: 'mine-1' })
    expect(error.message).toContain('mine-1')
    expect(error.message).not.toContain('secret')
    expect(JSON.stringify(service.lines().at(-1))).not.toContain('secret')
  })

  test('because nothing has the name is a 404 with param model', async () => {
    const nothing = {
      status: 404,
      message: 'No.',
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    } as const
    service.answersWith(() => Promise.reject(new GatewayError(nothing)))
    const error = await refusal(client.chat.completions.create(hello))
    expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' })
  })
})
