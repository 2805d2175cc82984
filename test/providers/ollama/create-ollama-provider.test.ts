import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createOllamaProvider } from '../../../src/providers/ollama/create-ollama-provider.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { objectIn } from '../../support/loopback-answers.ts'
import { type OllamaFault, startLoopbackOllama } from '../../support/loopback-ollama.ts'
import { aRequest, postingSchema } from '../../support/loopback-request.ts'
import type { Loopback } from '../../support/loopback-server.ts'

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
