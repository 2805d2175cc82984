import fc from 'fast-check'
import { countTokens as countWhole } from 'gpt-tokenizer/encoding/o200k_base'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { countTokens, fitsInto } from '../../src/providers/count-tokens.ts'
import { createGeminiProvider } from '../../src/providers/gemini/create-gemini-provider.ts'
import { createOllamaProvider } from '../../src/providers/ollama/create-ollama-provider.ts'
import { createOpenAiProvider } from '../../src/providers/openai/create-openai-provider.ts'
import { countLocally } from '../../src/providers/tokens/local-tokenizer.ts'
import type { Prompt } from '../../src/providers/tokens/prompt.ts'
import { startLoopbackGemini } from '../support/loopback-gemini.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import type { Loopback } from '../support/loopback-server.ts'

const words = (count: number) => Array.from({ length: count }, () => 'token').join(' ')

/** A prompt of so many tokens in all, as the loopback servers count: a word is one, and a message four more. */
const prompt = (tokens: number, modelId = 'a-model', otherwise: Partial<Prompt> = {}): Prompt => ({
  modelId,
  messages: [
    { role: 'system', content: words(2) },
    { role: 'user', content: words(tokens - 10) },
  ],
  signal: new AbortController().signal,
  ...otherwise,
})

describe('the tokens of a prompt', () => {
  let server: Loopback<never>
  beforeAll(async () => {
    server = (await startLoopbackOpenAi()) as Loopback<never>
  })
  afterAll(() => server.close())
  beforeEach(() => {
    server.requests.length = 0
  })
  const openAi = () => createOpenAiProvider({ baseUrl: server.url })

  test.each(['Qwen/Qwen3-4B', 'llama.cpp/qwen'])('of %s are counted by its server, to the token', async (modelId) => {
    const provider = openAi()
    for (const tokens of [20, 8_192, 8_193]) {
      expect(await countTokens(provider, prompt(tokens, modelId))).toEqual({ tokens, countedBy: 'server' })
    }
    expect(server.questions).toHaveLength(0)
  })

  test('fit into a limit up to the last one', async () => {
    const fits = async (tokens: number) => (await fitsInto(openAi(), prompt(tokens), 8_192)).fits
    expect([await fits(8_191), await fits(8_192), await fits(8_193)]).toEqual([true, true, false])
  })

  test('of a short prompt need no counting to fit', async () => {
    expect(await fitsInto(openAi(), prompt(100), 8_192)).toEqual({ fits: true, count: undefined })
    expect(server.requests).toEqual([])
  })

  test('include the tools, which the server writes into the prompt', async () => {
    const tools = [{ name: 'weather', description: undefined, parameters: undefined }]
    await fitsInto(openAi(), prompt(100, 'a-model', { tools }), 8_192)
    expect(server.requests.at(-1)?.body).toMatchObject({ tools: [{ function: { name: 'weather' } }] })
  })

  test('are counted here where the server does not count, and no prompt is sent there', async () => {
    const provider = openAi()
    for (let call = 0; call < 2; call += 1) {
      const count = await countTokens(provider, prompt(1_000, 'plain/model'))
      expect(count.countedBy).toBe('o200k_base')
      expect(count.tokens).toBeGreaterThan(900)
    }
    expect(server.requests.map(({ text }) => text).join()).not.toContain('token token')
    expect(server.requests).toHaveLength(2)
  })

  test('are counted here where the server is away, or has no way to count', async () => {
    for (const provider of [
      createOpenAiProvider({ baseUrl: 'http://127.0.0.1:1/v1' }),
      createOllamaProvider({ baseUrl: 'http://127.0.0.1:1' }),
    ]) {
      expect(await countTokens(provider, prompt(50))).toMatchObject({ countedBy: 'o200k_base' })
    }
  })

  test('of a Gemini model are counted by the service', async () => {
    const service = await startLoopbackGemini()
    const provider = createGeminiProvider({ apiKey: 'k', baseUrl: service.url })
    expect(await countTokens(provider, prompt(100))).toEqual({ tokens: 92, countedBy: 'server' })
    await service.close()
  })

  test('are no longer counted when nobody wants to know', async () => {
    const signal = AbortSignal.abort(new Error('gone'))
    await expect(countTokens(openAi(), prompt(50, 'a-model', { signal }))).rejects.toThrow('gone')
  })
})

describe('the tokenizer here', () => {
  test('counts long texts in slices as it counts them whole', async () => {
    const word = fc.constantFrom('welding', 'Übung', 'a', '3,400', '€', '漢字', '\n', '<|endoftext|>', "don't", '👩‍👧')
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 20, maxLength: 60 }), fc.nat(20), async (part, shift) => {
        const text = 'x'.repeat(shift) + ` ${part.join(' ')} of the day`.repeat(400)
        expect(await countLocally(text)).toBe(countWhole(text, { disallowedSpecial: new Set() }))
      }),
      { numRuns: 20 },
    )
  })

  test('is not held up by texts without a break', async () => {
    const startedMs = performance.now()
    for (const text of ['a'.repeat(100_000), ' '.repeat(100_000), '漢'.repeat(50_000), '👩‍👧'.repeat(20_000)]) {
      expect(await countLocally(text)).toBeGreaterThan(0)
    }
    expect(performance.now() - startedMs).toBeLessThan(3_000)
  })
})
