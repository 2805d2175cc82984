import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ToolChoice } from '../../../src/providers/chat-settings.ts'
import { createGeminiProvider } from '../../../src/providers/gemini/create-gemini-provider.ts'
import { translatedSchema } from '../../../src/providers/gemini/schema-translations.ts'
import type { GenerateRequest } from '../../../src/providers/provider.ts'
import type { Message } from '../../../src/tasks/task.ts'
import { listIn, objectIn } from '../../support/loopback-answers.ts'
import { type GeminiFault, startLoopbackGemini } from '../../support/loopback-gemini.ts'
import {
  aRequest,
  postingSchema,
  applicationSettings as settings,
  weatherTool as weather,
} from '../../support/loopback-request.ts'
import type { Loopback } from '../../support/loopback-server.ts'
import { readStream } from '../../support/read-stream.ts'

let server: Loopback<GeminiFault>
beforeAll(async () => {
  server = await startLoopbackGemini({ apiKey: 'right' })
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.questions.length = 0
  server.change({ fault: undefined, answer: undefined, toolCalls: undefined })
})

const provider = () => createGeminiProvider({ apiKey: 'right', baseUrl: `${server.url}/` })
const lastBody = () => objectIn(server.questions.at(-1)?.body)

describe('a question to Gemini', () => {
  test('goes out as instruction, contents, limits and schema, in the words of its protocol', async () => {
    const { body } = await asked('gemini-2.0-flash-001')
    expect(body).toMatchObject({
      systemInstruction: { parts: [{ text: 'You read job postings.' }] },
      contents: [{ role: 'user', parts: [{ text: 'Welder (m/f/d) in Graz, full time.' }] }],
    })
    expect(body.generationConfig).toEqual({
      temperature: 0,
      maxOutputTokens: 200,
      seed: 7,
      responseMimeType: 'application/json',
      responseSchema: {
        type: 'object',
        properties: {
          title: { type: 'string' },
          level: { type: 'string', format: 'enum', enum: ['junior', 'senior'], nullable: true },
          skills: { type: 'array', items: { type: 'string' } },
        },
        required: ['title', 'level', 'skills'],
        propertyOrdering: ['title', 'level', 'skills'],
      },
    })
  })

  test('for free text asks for no JSON, and an earlier answer is the model’s', async () => {
    const messages = [
      { role: 'user' as const, content: 'Hello' },
      { role: 'assistant' as const, content: 'Hello!' },
      { role: 'user' as const, content: 'And now?' },
    ]
    await provider().generate(
      aRequest({ modelId: 'gemini-2.0-flash-001', answerSchema: undefined, seed: undefined, messages }),
    )
    expect(lastBody().generationConfig).toEqual({ temperature: 0, maxOutputTokens: 200 })
    expect(lastBody().contents).toMatchObject([{ role: 'user' }, { role: 'model' }, { role: 'user' }])
  })

  test.each([
    ['gemini-2.0-flash-001', undefined, 200, false],
    ['gemini-1.5-pro', undefined, 200, false],
    ['a-tuned-model', undefined, 200, false],
    ['gemini-2.5-flash', { thinkingBudget: 0 }, 200, false],
    ['gemini-2.5-flash-lite', { thinkingBudget: 0 }, 200, false],
    ['gemini-2.5-pro', { thinkingBudget: 128 }, 328, true],
    ['gemini-3.1-flash-lite', { thinkingLevel: 'minimal' }, 2248, true],
    ['gemini-3-pro-preview', { thinkingLevel: 'low' }, 2248, true],
    ['gemini-flash-latest', { thinkingLevel: 'minimal' }, 2248, true],
  ])('%s is told to think as little as it can, with room for what it must', async (modelId, config, tokens, warns) => {
    const { body, warnings } = await asked(modelId)
    const settings = objectIn(body.generationConfig)
    expect([settings.thinkingConfig, settings.maxOutputTokens]).toEqual([config, tokens])
    expect(warnings.join().includes('cannot be switched off')).toBe(warns)
  })

  test('to a model that takes no thinking settings is repeated once without them, and never sent with them again', async () => {
    server.change({ fault: 'refuses-thinking-settings' })
    const gemini = provider()
    const first = await gemini.generate(aRequest({ modelId: 'gemini-2.5-flash' }))
    const second = await gemini.generate(aRequest({ modelId: 'gemini-2.5-flash' }))
    expect([first.attempts, second.attempts ?? 1]).toEqual([2, 1])
    expect(server.questions).toHaveLength(3)
  })

  test('brings text, counts, the time it took and the version that answered', async () => {
    server.change({ answer: '{"title":"Welder"}' })
    const generated = await provider().generate(aRequest({ modelId: 'gemini-2.0-flash-001' }))
    expect(generated).toMatchObject({
      text: '{"title":"Welder"}',
      finishReason: { unified: 'stop', raw: 'STOP' },
      usage: { inputTokens: 15, outputTokens: 5, reasoningTokens: undefined, cachedInputTokens: undefined },
      modelVersion: 'gemini-2.0-flash-001',
      warnings: [],
    })
    expect(generated.timing.totalMs).toBeGreaterThan(0)
    expect(generated.timing.firstTokenMs).toBeUndefined()
  })

  async function asked(modelId: string) {
    const { warnings } = await provider().generate(aRequest({ modelId }))
    return { body: lastBody(), warnings }
  }
})

describe('the list of Gemini models', () => {
  test('has the chat models of all pages with their context', async () => {
    const listed = await provider().listModels()
    expect(listed.map(({ id }) => id)).toEqual([
      'gemini-2.0-flash-001',
      'gemini-2.0-flash-lite-001',
      'gemini-2.5-flash',
      'gemini-2.5-pro',
    ])
    expect(listed[0]).toMatchObject({ contextTokens: 1_048_576, version: '001' })
  })

  test('is refused with a wrong key', async () => {
    const wrong = createGeminiProvider({ apiKey: 'wrong', baseUrl: server.url })
    await expect(wrong.listModels()).rejects.toMatchObject({ kind: 'auth', status: 400 })
    await expect(wrong.generate(aRequest())).rejects.toMatchObject({ kind: 'auth', status: 400 })
  })
})

describe('a question of an application to Gemini', () => {
  const toGemini = (otherwise: Partial<GenerateRequest>) =>
    provider().generate(aRequest({ modelId: 'gemini-2.0-flash-001', answerSchema: undefined, ...otherwise }))

  test('goes out with what it sets, and leaves the rest to the service', async () => {
    await toGemini(settings)
    expect(lastBody().generationConfig).toEqual({
      topP: 0.9,
      stopSequences: ['END'],
      presencePenalty: 0.5,
      frequencyPenalty: -0.5,
      responseMimeType: 'application/json',
    })
  })

  test('is repeated without penalties that the model does not take, and says so', async () => {
    server.change({ fault: 'refuses-penalties' })
    const { warnings, attempts } = await toGemini(settings)
    expect(warnings).toEqual(['The model takes no presence_penalty and no frequency_penalty.'])
    expect([attempts, server.questions.length]).toEqual([2, 2])
    expect(lastBody().generationConfig).toMatchObject({ topP: 0.9 })
  })

  test.each<[ToolChoice, unknown]>([
    ['auto', { mode: 'AUTO' }],
    ['none', { mode: 'NONE' }],
    ['required', { mode: 'ANY' }],
    [{ name: 'weather' }, { mode: 'ANY', allowedFunctionNames: ['weather'] }],
  ])('brings its tools, and how they are to be called: %j', async (toolChoice, functionCallingConfig) => {
    const { warnings } = await toGemini({ tools: [weather], toolChoice, parallelToolCalls: false })
    const { name, description, parameters } = weather
    expect(lastBody()).toMatchObject({
      tools: [{ functionDeclarations: [{ name, description, parametersJsonSchema: parameters }] }],
      toolConfig: { functionCallingConfig },
    })
    expect(warnings.join()).toMatch(/parallel_tool_calls/)
  })

  test('gives back the signature of a thought with the call that came of it, and a substitute where there is none', async () => {
    server.change({ toolCalls: [{ name: 'weather', arguments: {} }] })
    const { toolCalls } = await toGemini({ tools: [weather] })
    expect(toolCalls).toMatchObject([{ name: 'weather', signature: 'c2lnbmF0dXJl' }])
    const { pieces } = await readStream(provider(), aRequest({ answerSchema: undefined, tools: [weather] }))
    expect(pieces).toMatchObject([{ kind: 'tool-call', signature: 'c2lnbmF0dXJl' }])
    const unsigned = toolCalls?.map(({ id, name, arguments: args }) => ({ id, name, arguments: args }))
    const signatures: unknown[] = []
    for (const [modelId, calls] of [
      ['gemini-3-flash', toolCalls],
      ['gemini-3-flash', unsigned],
      ['gemini-2.5-flash', unsigned],
    ] as const) {
      await toGemini({ modelId, messages: [{ role: 'assistant', content: 'Let me see.', toolCalls: calls }] })
      signatures.push(listIn(listIn(lastBody().contents)[0]?.parts)[1]?.thoughtSignature)
    }
    expect(signatures).toEqual(['c2lnbmF0dXJl', 'skip_thought_signature_validator', undefined])
  })

  test.each<[string, Message[]]>([
    ['a result of a call that nobody made', [{ role: 'tool', toolCallId: 'x', content: '' }]],
    [
      'arguments that are no object',
      [{ role: 'assistant', content: '', toolCalls: [{ id: 'x', name: 'weather', arguments: '[' }] }],
    ],
  ])('with %s is refused before it goes out', async (_name, messages) => {
    await expect(toGemini({ messages })).rejects.toMatchObject({ kind: 'invalid-request' })
    expect(server.requests).toEqual([])
  })

  test('translates a schema once, however often it comes anew', () => {
    const [first, second] = [1, 2].map(() => translatedSchema(structuredClone(postingSchema)))
    expect(first).toBe(second)
  })
})
