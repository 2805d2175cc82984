import { createServer } from 'node:http'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ToolChoice } from '../../../src/providers/chat-settings.ts'
import { createOpenAiProvider } from '../../../src/providers/openai/create-openai-provider.ts'
import { createRefusedSettings } from '../../../src/providers/openai/refused-settings.ts'
import { isProbe, type OpenAiFault, startLoopbackOpenAi } from '../../support/loopback-openai.ts'
import {
  aRequest,
  postingSchema,
  applicationSettings as settings,
  weatherTool as weather,
} from '../../support/loopback-request.ts'
import { type Loopback, listen } from '../../support/loopback-server.ts'
import { readStream } from '../../support/read-stream.ts'

let server: Loopback<OpenAiFault>
beforeAll(async () => {
  server = await startLoopbackOpenAi({ apiKey: 'right' })
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.questions.length = 0
  server.change({ fault: undefined, answer: undefined, toolCalls: undefined })
})

const provider = () => createOpenAiProvider({ apiKey: 'right', baseUrl: server.url })
const lastBody = () => server.questions.at(-1)?.body

describe('a question to an OpenAI-compatible server', () => {
  test('goes out with the schema, the limits and no thinking', async () => {
    await provider().generate(aRequest())
    expect(lastBody()).toEqual({
      model: 'a-model',
      messages: [
        { role: 'system', content: 'You read job postings.' },
        { role: 'user', content: 'Welder (m/f/d) in Graz, full time.' },
      ],
      max_tokens: 200,
      temperature: 0,
      seed: 7,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: postingSchema, strict: true } },
      chat_template_kwargs: { enable_thinking: false },
    })
  })

  test('that is declined brings the words, whole and as a stream', async () => {
    server.change({ fault: 'refusal' })
    const declined = { text: '', refusal: 'I cannot help with that.', finishReason: { unified: 'blocked' } }
    expect(await provider().generate(aRequest())).toMatchObject(declined)
    expect((await readStream(provider(), aRequest())).generated).toMatchObject(declined)
  })

  test('brings text, counts and the model that answered', async () => {
    server.change({ answer: (asked) => (isProbe(asked) ? undefined : '{"title":"Welder"}') })
    expect(await provider().generate(aRequest())).toMatchObject({
      text: '{"title":"Welder"}',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: { inputTokens: 15, outputTokens: 5, reasoningTokens: 0, cachedInputTokens: 4 },
      modelVersion: 'a-model',
      warnings: [],
      attempts: 1,
    })
  })

  test('with a schema that strict servers refuse is sent without strict, and says so', async () => {
    const answerSchema = { type: 'object', properties: { title: { type: 'string' } }, additionalProperties: false }
    const { warnings } = await provider().generate(aRequest({ answerSchema }))
    expect(lastBody()?.response_format).toMatchObject({ json_schema: { strict: false } })
    expect(warnings.join()).toMatch(/without strict/)
  })

  test('is repeated without what the model does not take, and the next one is right at once', async () => {
    server.change({ fault: 'refuses-max-tokens' })
    const openAi = provider()
    await openAi.generate(aRequest({ answerSchema: undefined }))
    expect(lastBody()).toMatchObject({ max_completion_tokens: 200 })
    expect(lastBody()).not.toHaveProperty('max_tokens')
    const second = await openAi.generate(aRequest({ answerSchema: undefined }))
    expect([second.attempts, second.warnings]).toEqual([1, []])
  })

  test('goes to a server of one’s own without a key', async () => {
    const open = await startLoopbackOpenAi()
    await createOpenAiProvider({ baseUrl: open.url }).generate(aRequest())
    expect(open.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true)
    await open.close()
  })
})

describe('a question of an application to an OpenAI-compatible server', () => {
  test('goes out with what it sets, and leaves the rest to the server', async () => {
    await provider().generate(aRequest(settings))
    const { messages: _, ...body } = lastBody() ?? {}
    expect(body).toEqual({
      model: 'a-model',
      top_p: 0.9,
      stop: ['END'],
      presence_penalty: 0.5,
      frequency_penalty: -0.5,
      response_format: { type: 'json_object' },
      chat_template_kwargs: { enable_thinking: false },
    })
  })

  test('names its schema, and says itself whether it is strict', async () => {
    const answerSchema = { type: 'object', properties: { title: { type: 'string' } } }
    const { warnings } = await provider().generate(aRequest({ answerSchema, schemaName: 'posting', strict: false }))
    expect(lastBody()?.response_format).toMatchObject({ json_schema: { name: 'posting', strict: false } })
    expect(warnings).toEqual([])
  })

  test.each<[ToolChoice, unknown]>([
    ['required', 'required'],
    [{ name: 'weather' }, { type: 'function', function: { name: 'weather' } }],
  ])('brings its tools, and how they are to be called: %j', async (toolChoice, choice) => {
    const tools = [{ ...weather, strict: true }]
    await provider().generate(aRequest({ answerSchema: undefined, tools, toolChoice, parallelToolCalls: false }))
    const { name, description, parameters } = weather
    expect(lastBody()).toMatchObject({
      tools: [{ type: 'function', function: { name, description, parameters, strict: true } }],
      tool_choice: choice,
      parallel_tool_calls: false,
    })
  })

  test('for a stream asks for the counts too', async () => {
    const { generated } = await readStream(provider(), aRequest({ answerSchema: undefined }))
    expect(lastBody()).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(generated?.usage).toEqual({ inputTokens: 15, outputTokens: 2, reasoningTokens: 0, cachedInputTokens: 4 })
  })

  test('gets what can be given where the server takes no counts with a stream', () => {
    const refused = createRefusedSettings()
    const body = { stream: true, stream_options: { include_usage: true } }
    const text = '{"error":{"message":"Unknown parameter: stream_options","type":"invalid_request_error"}}'
    expect(refused.learn('a-model', body, { status: 400, headers: {}, text, receivedAt: new Date(0) })).toBe(true)
    expect(refused.without('a-model', body)).toEqual({ stream: true })
    expect(refused.warnings('a-model')).toEqual(['The server gives no counts with a stream.'])
  })

  test('to a server that does not stream is answered in one piece', async () => {
    const plain = createServer((_request, response) => {
      const message = { role: 'assistant', content: 'hello' }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }))
    })
    const baseUrl = `${await listen(plain, 0)}/v1`
    const { pieces, generated } = await readStream(
      createOpenAiProvider({ baseUrl }),
      aRequest({ answerSchema: undefined }),
    )
    expect([pieces, generated?.text]).toEqual([[{ kind: 'text', text: 'hello' }], 'hello'])
    plain.close()
  })
})

describe('the probe of the schema', () => {
  const probes = () => server.questions.filter(isProbe)

  test('is made once per model, also when many questions come at once', async () => {
    const openAi = provider()
    await Promise.all(Array.from({ length: 10 }, () => openAi.generate(aRequest())))
    expect(probes()).toHaveLength(1)
    await openAi.generate(aRequest({ modelId: 'another-model' }))
    expect(probes()).toHaveLength(2)
  })

  test('is not made for free text', async () => {
    await provider().generate(aRequest({ answerSchema: undefined }))
    expect(probes()).toHaveLength(0)
  })

  test('may come before the first question, which then needs none, and is not made again', async () => {
    const openAi = provider()
    expect(await openAi.probe?.(aRequest())).toBe(true)
    expect(await openAi.probe?.(aRequest())).toBe(false)
    await openAi.generate(aRequest())
    expect(server.questions.map(isProbe)).toEqual([true, false])
    expect(await openAi.probe?.(aRequest({ answerSchema: undefined, modelId: 'another-model' }))).toBe(false)
  })

  test('that is answered freely warns on each answer and fails none', async () => {
    server.change({ fault: 'ignores-schema' })
    const openAi = provider()
    for (let call = 0; call < 2; call += 1) {
      const { warnings } = await openAi.generate(aRequest())
      expect(warnings).toEqual(["The server does not enforce the answer's schema: a probe was answered freely."])
    }
  })

  test('that brings nothing leaves it open', async () => {
    server.change({ fault: (asked) => (isProbe(asked) ? 'empty-at-limit' : undefined) })
    const { warnings } = await provider().generate(aRequest())
    expect(warnings.join()).toMatch(/could not be shown/)
  })
})

test('the list of models leaves out those that do not chat', async () => {
  const listed = await provider().listModels()
  expect(listed).toEqual([{ id: 'Qwen/Qwen3-4B', contextTokens: 8192, description: undefined }])
})

describe('the loopback server is one that the official client takes for a real one', () => {
  const client = () => new OpenAI({ apiKey: 'right', baseURL: server.url, maxRetries: 0 })
  const question = { model: 'a-model', messages: [{ role: 'user' as const, content: 'Hello' }] }

  test('for answers and lists', async () => {
    const completion = await client().chat.completions.create(question)
    expect(completion.choices[0]?.message.content).toBe('hello')
    expect(completion.usage?.total_tokens).toBe(4)
    expect((await client().models.list()).data[0]?.id).toBe('Qwen/Qwen3-4B')
  })

  test('for structured answers', async () => {
    const completion = await client().chat.completions.parse({
      ...question,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: { ...postingSchema }, strict: true },
      },
    })
    expect(JSON.parse(completion.choices[0]?.message.content ?? '')).toEqual({
      title: 'text',
      level: 'junior',
      skills: ['text'],
    })
  })

  test('for streams, with tools and with counts', async () => {
    server.change({ answer: 'Hello to you', toolCalls: [{ name: 'weather', arguments: { city: 'Graz' } }] })
    const runner = client().chat.completions.stream({ ...question, stream_options: { include_usage: true } })
    const { choices, usage } = await runner.finalChatCompletion()
    expect([choices[0]?.message.content, choices[0]?.finish_reason]).toEqual(['Hello to you', 'stop'])
    expect(usage?.completion_tokens).toBe(3)
    const called = await client()
      .chat.completions.stream({ ...question, tools: [{ type: 'function', function: { name: 'weather' } }] })
      .finalChatCompletion()
    expect(called.choices[0]?.finish_reason).toBe('tool_calls')
    expect(called.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      type: 'function',
      function: { name: 'weather', arguments: '{"city":"Graz"}' },
    })
  })

  test('for errors in the middle of a stream', async () => {
    server.change({ fault: 'error-mid-stream' })
    const runner = client().chat.completions.stream(question)
    await expect(runner.finalChatCompletion()).rejects.toThrow(/EngineCore/)
  })

  test('for errors', async () => {
    server.change({ fault: '429-retry-after' })
    const error = await client()
      .chat.completions.create(question)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(OpenAI.RateLimitError)
    expect(error instanceof OpenAI.RateLimitError ? error.headers.get('retry-after') : undefined).toBe('7')
    await expect(new OpenAI({ apiKey: 'wrong', baseURL: server.url }).models.list()).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    )
  })
})
