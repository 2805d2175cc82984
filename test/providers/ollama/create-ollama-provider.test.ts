import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createOllamaProvider } from '../../../src/providers/ollama/create-ollama-provider.ts'
import type { GenerateRequest } from '../../../src/providers/provider.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { objectIn } from '../../support/loopback-answers.ts'
import { type OllamaFault, startLoopbackOllama } from '../../support/loopback-ollama.ts'
import {
  aRequest,
  postingSchema,
  applicationSettings as settings,
  weatherTool as weather,
} from '../../support/loopback-request.ts'
import type { Loopback } from '../../support/loopback-server.ts'
import { readStream } from '../../support/read-stream.ts'

let server: Loopback<OllamaFault>
beforeAll(async () => {
  server = await startLoopbackOllama()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.questions.length = 0
  server.change({ fault: undefined, answer: undefined, latencyMs: 0 })
})

const provider = (contextTokensOf?: (modelId: string) => number | undefined) =>
  createOllamaProvider({ baseUrl: server.url, contextTokensOf })
const lastBody = () => server.questions.at(-1)?.body
const paths = () => server.requests.map(({ path }) => path)

describe('a question to Ollama', () => {
  test('goes out with everything stated that the server would otherwise choose', async () => {
    await provider().generate(aRequest({ modelId: 'llama3.2:3b' }))
    expect(lastBody()).toEqual({
      model: 'llama3.2:3b',
      messages: [
        { role: 'system', content: 'You read job postings.' },
        { role: 'user', content: 'Welder (m/f/d) in Graz, full time.' },
      ],
      stream: false,
      truncate: false,
      shift: false,
      format: postingSchema,
      options: { num_ctx: 8192, num_predict: 200, temperature: 0, seed: 7 },
    })
  })

  test('names one context per model: the configured one, else what it was trained for, at most 8192 tokens', async () => {
    const ollama = provider((modelId) => (modelId === 'qwen3:0.6b' ? 16_384 : undefined))
    const contexts: unknown[] = []
    for (const modelId of ['llama3.2:3b', 'tiny', 'qwen3:0.6b', 'qwen3:0.6b']) {
      const messages = [{ role: 'user' as const, content: 'x'.repeat(100 * (1 + contexts.length)) }]
      await ollama.generate(aRequest({ modelId, messages, maxOutputTokens: 100 * (1 + contexts.length) }))
      contexts.push(objectIn(lastBody()?.options).num_ctx)
    }
    expect(contexts).toEqual([8192, 2048, 16_384, 16_384])
  })

  test('switches thinking off where the model can think, and says nothing of it where it cannot', async () => {
    await provider().generate(aRequest({ modelId: 'qwen3:0.6b' }))
    expect(lastBody()?.think).toBe(false)
    await provider().generate(aRequest({ modelId: 'llama3.2:3b' }))
    expect(lastBody()).not.toHaveProperty('think')
  })

  test('asks the one family that always thinks for the least, and warns', async () => {
    const { warnings } = await provider().generate(aRequest({ modelId: 'gpt-oss:20b' }))
    expect(lastBody()?.think).toBe('low')
    expect(warnings.join()).toMatch(/cannot be switched off/)
  })

  test('brings counts, times and the digest and server that answered', async () => {
    server.change({ answer: '{"title":"Welder"}' })
    const generated = await provider().generate(aRequest({ modelId: 'tiny' }))
    expect(generated).toMatchObject({
      text: '{"title":"Welder"}',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: { inputTokens: 15, outputTokens: 5, reasoningTokens: undefined, cachedInputTokens: undefined },
      timing: { loadMs: 300, firstTokenMs: 500, queueMs: undefined },
      modelVersion: '365c0bd3c000, ollama 0.33.0',
      warnings: [],
    })
  })

  test('that was cut by an old server is an error and no answer', async () => {
    server.change({ fault: 'truncates' })
    await expect(provider().generate(aRequest({ modelId: 'tiny' }))).rejects.toMatchObject({ kind: 'invalid-request' })
  })

  test('asks what the model is once for many questions, and again when that may have changed', async () => {
    const clock = createFakeClock()
    const ollama = createOllamaProvider({ baseUrl: server.url, clock })
    const ask = () => ollama.generate(aRequest({ modelId: 'tiny' }))
    await Promise.all([ask(), ask(), ask()])
    await ask()
    expect(paths().filter((path) => path === '/api/show')).toHaveLength(1)
    await clock.advance(6 * 60_000)
    await ask()
    expect(paths().filter((path) => path === '/api/show')).toHaveLength(2)
  })

  test('goes on when the one that had begun to ask what the model is was aborted', async () => {
    const ollama = provider()
    const controller = new AbortController()
    const aborted = ollama.generate(aRequest({ modelId: 'tiny', signal: controller.signal }))
    const other = ollama.generate(aRequest({ modelId: 'tiny' }))
    controller.abort(new Error('stopped'))
    await expect(aborted).rejects.toThrow('stopped')
    await expect(other).resolves.toMatchObject({ finishReason: { unified: 'stop' } })
  })

  test('that fails prints nothing: standard output is for results', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    for (const fault of ['html-error', '500', 'cut-json'] as const) {
      server.change({ fault })
      await expect(provider().generate(aRequest({ modelId: 'tiny' }))).rejects.toMatchObject({ name: 'ProviderError' })
    }
    expect(print).not.toHaveBeenCalled()
    print.mockRestore()
  })
})

test('the list of Ollama models has those that chat, with context and digest', async () => {
  const listed = await provider().listModels()
  expect(listed).toHaveLength(4)
  expect(listed[0]).toEqual({
    id: 'llama3.2:3b',
    contextTokens: 131_072,
    description: '3.2B Q4_K_M',
    version: '365c0bd3c000',
  })
})

describe('a question of an application to Ollama', () => {
  const toOllama = (otherwise: Partial<GenerateRequest>) =>
    provider().generate(aRequest({ modelId: 'llama3.2:3b', answerSchema: undefined, ...otherwise }))

  test('goes out with what it sets, and leaves the rest to the server', async () => {
    await toOllama(settings)
    expect(lastBody()).toMatchObject({
      format: 'json',
      options: { num_ctx: 8192, top_p: 0.9, stop: ['END'], presence_penalty: 0.5, frequency_penalty: -0.5 },
    })
    expect(objectIn(lastBody()?.options)).not.toHaveProperty('num_predict')
  })

  test('brings its tools', async () => {
    const { warnings } = await toOllama({ tools: [weather], parallelToolCalls: false })
    const { name, description, parameters } = weather
    expect(lastBody()?.tools).toEqual([{ type: 'function', function: { name, description, parameters } }])
    expect(warnings.join()).toMatch(/parallel_tool_calls/)
  })

  test.each<[string, Partial<GenerateRequest>, RegExp]>([
    ['with tools to a model that has none', { modelId: 'tiny' }, /tiny cannot call tools/],
    ['that forces a call', { toolChoice: 'required' }, /cannot force the call of a tool/],
    ['that forces one tool', { toolChoice: { name: 'weather' } }, /cannot force the call of a tool/],
    ['with tools and a schema', { answerSchema: postingSchema }, /calls no tool where the form/],
    ['with tools and json_object', { responseFormat: 'json_object' }, /calls no tool where the form/],
  ])('%s is refused clearly, and not sent', async (_name, otherwise, says) => {
    const refused = toOllama({ tools: [weather], ...otherwise })
    await expect(refused).rejects.toMatchObject({ kind: 'invalid-request', message: expect.stringMatching(says) })
    expect(paths()).not.toContain('/api/chat')
  })

  test('for a stream is one that streams, and tells when its first token came', async () => {
    server.change({ latencyMs: 30 })
    const { generated } = await readStream(provider(), aRequest({ modelId: 'llama3.2:3b', answerSchema: undefined }))
    expect(lastBody()?.stream).toBe(true)
    const { firstTokenMs = 0, totalMs = 0, loadMs } = generated?.timing ?? {}
    expect(firstTokenMs >= 25 && totalMs >= firstTokenMs).toBe(true)
    expect(loadMs).toBe(300)
  })
})
