import { createServer, type Server } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGeminiProvider } from '../../src/providers/gemini/create-gemini-provider.ts'
import { readGeminiReply } from '../../src/providers/gemini/gemini-reply.ts'
import { createOllamaProvider } from '../../src/providers/ollama/create-ollama-provider.ts'
import { readOllamaReply } from '../../src/providers/ollama/ollama-reply.ts'
import { createOpenAiProvider } from '../../src/providers/openai/create-openai-provider.ts'
import { readOpenAiReply } from '../../src/providers/openai/openai-reply.ts'
import { type Generated, type Provider, ProviderError } from '../../src/providers/provider.ts'
import { splitThinking } from '../../src/providers/thinking-text.ts'
import { aRequest } from '../support/loopback-request.ts'
import { listen } from '../support/loopback-server.ts'

const endpoint = { name: 'x', baseUrl: 'http://127.0.0.1:1', secrets: [] }
const reply = (body: unknown) => ({ status: 200, headers: {}, text: JSON.stringify(body), receivedAt: new Date(0) })

/** JSON of the right shape in which any part may be anything. */
function nearly(shape: unknown): fc.Arbitrary<unknown> {
  const inner = Array.isArray(shape)
    ? fc.tuple(...shape.map(nearly))
    : typeof shape === 'object' && shape !== null
      ? fc.record(Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, nearly(value)])), {
          requiredKeys: [],
        })
      : fc.constant(shape)
  return fc.oneof({ weight: 8, arbitrary: inner }, { weight: 1, arbitrary: fc.jsonValue() })
}

const readers: [string, unknown, (body: unknown) => Pick<Generated, 'text' | 'finishReason' | 'usage'>][] = [
  [
    'Gemini',
    {
      candidates: [{ content: { parts: [{ text: 'a', thought: true }, { text: 'b' }] }, finishReason: 'STOP' }],
      promptFeedback: { blockReason: 'SAFETY' },
      usageMetadata: {
        promptTokenCount: 3,
        candidatesTokenCount: 4,
        thoughtsTokenCount: 5,
        cachedContentTokenCount: 1,
      },
    },
    (body) => readGeminiReply(endpoint, body, 1),
  ],
  [
    'Ollama',
    {
      message: { content: 'a', thinking: 'b' },
      done_reason: 'stop',
      prompt_eval_count: 3,
      eval_count: 4,
      total_duration: 5,
      eval_duration: 1,
      error: 'x',
    },
    (body) => readOllamaReply(endpoint, body, 1),
  ],
  [
    'an OpenAI-compatible server',
    {
      choices: [{ message: { content: 'a', reasoning: 'b', refusal: null }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 4, completion_tokens_details: { reasoning_tokens: 2 } },
      error: { code: 429, message: 'x' },
    },
    (body) => readOpenAiReply(endpoint, reply(body), 1),
  ],
]

describe.each(readers)('any JSON from %s', (_name, shape, read) => {
  test('becomes an answer or an error of the provider, and no count is invented', () => {
    const seen = { answers: 0, errors: 0 }
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly(shape)), (body) => {
        try {
          const { text, finishReason, usage } = read(body)
          expect(typeof text).toBe('string')
          expect(['stop', 'length', 'blocked', 'other']).toContain(finishReason.unified)
          for (const count of Object.values(usage)) expect(count === undefined || Number.isInteger(count)).toBe(true)
          seen.answers += 1
        } catch (error) {
          expect(error).toBeInstanceOf(ProviderError)
          seen.errors += 1
        }
      }),
      { numRuns: 1_000 },
    )
    expect(Math.min(seen.answers, seen.errors)).toBeGreaterThan(20)
  })
})

describe('any body over the wire', () => {
  let server: Server
  let url = ''
  let body = ''
  let status = 200
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(body))
    })
    url = await listen(server, 0)
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const adapters: [string, (baseUrl: string) => Provider][] = [
    ['Gemini', (baseUrl) => createGeminiProvider({ apiKey: 'k', baseUrl })],
    ['Ollama', (baseUrl) => createOllamaProvider({ baseUrl })],
    ['OpenAI', (baseUrl) => createOpenAiProvider({ baseUrl })],
  ]
  test.each(adapters)('makes %s give an answer or an error of the provider', async (_name, create) => {
    const anyBody = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom('null', '42', '"x"', '[]', '{}', '', '<p>', '{"error":null}', '{"error":{}}'),
    )
    await fc.assert(
      fc.asyncProperty(anyBody, fc.constantFrom(200, 200, 400, 404, 429, 500), async (text, code) => {
        body = text
        status = code
        const outcome = await create(url)
          .generate(aRequest())
          .catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ProviderError)
        const listed = await create(url)
          .listModels()
          .catch((error: unknown) => error)
        if (listed instanceof Error) expect(listed).toBeInstanceOf(ProviderError)
      }),
      { numRuns: 60 },
    )
  })
})

describe('thoughts in a text', () => {
  test.each([
    ['<think>so</think>{"a":1}', '{"a":1}', 'so'],
    ['\n<think>\nso\n</think>\n\n{"a":1}', '{"a":1}', '\nso\n'],
    ['so\n</think>\n{"a":1}', '{"a":1}', 'so\n'],
    ['<think>never closed', '', '<think>never closed'],
    ['{"a":"<think>"}', '{"a":"<think>"}', undefined],
    ['', '', undefined],
  ])('%j', (text, answer, thinking) => {
    expect(splitThinking(text)).toEqual({ answer, thinking })
  })
})
