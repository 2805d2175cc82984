import { describe, expect, test } from 'vitest'
import type { AnsweredStream } from '../../../src/serving/gateway/answerer.ts'
import { hello, startedService, streamed, textPieces, whole } from '../started-service.ts'

const tools = [
  {
    type: 'function' as const,
    function: {
      name: 'weather',
      description: 'Now',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
]
const call = { id: 'call_1', name: 'weather', arguments: '{"city":"Graz"}' }

describe('POST /v1/chat/completions', async () => {
  const service = await startedService()
  const { client } = service

  test('answers in the shape that the official client knows', async () => {
    service.answersWith(() => Promise.resolve(whole()))
    const completion = await client.chat.completions.create(hello)
    expect(completion).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-[0-9a-f]{32}$/) as string,
      object: 'chat.completion',
      created: Date.parse('2026-11-22T01:00:00Z') / 1000,
      model: 'qwen3-4b',
      system_fingerprint: 'qwen3:4b@abc',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello!', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 12,
        completion_tokens: 3,
        total_tokens: 15,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 1 },
      },
    })
  })

  test('tells in its headers whose answer it is', async () => {
    const rolloutId = '0195d2a0-7d6c-7a52-bd0c-7f1d25f9c0aa'
    service.answersWith(() => Promise.resolve(whole({}, { stage: 'partial', attempt: 2, rolloutId, model: 'modèle' })))
    const { response } = await client.chat.completions.create(hello).withResponse()
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-incumbent-model': 'mod%C3%A8le',
      'x-incumbent-tier': '1',
      'x-incumbent-stage': 'partial',
      'x-incumbent-attempt': '2',
      'x-incumbent-rollout': rolloutId,
    })
  })

  test('says in a header which settings the model could not honour', async () => {
    service.answersWith(() => Promise.resolve(whole({ warnings: ['The model takes no seed.'] })))
    const { response } = await client.chat.completions.create({ ...hello, seed: 7 }).withResponse()
    expect(response.headers.get('x-incumbent-warning')).toBe('The model takes no seed.')
  })

  test('gives no counts where the provider says none, and never zeros instead', async () => {
    const usage = { inputTokens: undefined, outputTokens: 3, reasoningTokens: undefined, cachedInputTokens: undefined }
    service.answersWith(() => Promise.resolve(whole({ usage })))
    expect((await client.chat.completions.create(hello)).usage).toBeUndefined()
  })

  test.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool-calls', 'tool_calls'],
    ['blocked', 'content_filter'],
    ['other', 'stop'],
  ] as const)('an answer that ended by %s has the finish reason %s', async (unified, reason) => {
    service.answersWith(() => Promise.resolve(whole({ finishReason: { unified, raw: undefined } })))
    expect((await client.chat.completions.create(hello)).choices[0]?.finish_reason).toBe(reason)
  })

  test('asks what the application asks, in the terms of providers', async () => {
    service.answersWith(() => Promise.resolve(whole()))
    const schema = { type: 'object', properties: {}, additionalProperties: false }
    await client.chat.completions.create({
      model: 'tier-1',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'One' },
            { type: 'text', text: 'two' },
          ],
        },
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: call }] },
        { role: 'tool', tool_call_id: 'call_1', content: '21 °C' },
      ],
      max_completion_tokens: 100,
      temperature: 0.2,
      top_p: 0.9,
      seed: 7,
      stop: 'END',
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      response_format: { type: 'json_schema', json_schema: { name: 'reply', schema, strict: true } },
      tools,
      tool_choice: { type: 'function', function: { name: 'weather' } },
      parallel_tool_calls: false,
    })
    expect(service.asked.at(-1)).toMatchObject({
      model: 'tier-1',
      key: undefined,
      wantsStream: false,
      question: {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'One\ntwo' },
          { role: 'assistant', content: '', toolCalls: [call] },
          { role: 'tool', content: '21 °C', toolCallId: 'call_1' },
        ],
        answerSchema: schema,
        schemaName: 'reply',
        strict: true,
        maxOutputTokens: 100,
        temperature: 0.2,
        topP: 0.9,
        seed: 7,
        stop: ['END'],
        presencePenalty: 0.1,
        frequencyPenalty: 0.2,
        tools: [{ name: 'weather', description: 'Now', parameters: tools[0]?.function.parameters }],
        toolChoice: { name: 'weather' },
        parallelToolCalls: false,
      },
    })
  })

  test('passes on the words in which a model declines, whole and as a stream, and takes them back', async () => {
    const declined = {
      text: '',
      refusal: 'I cannot help.',
      finishReason: { unified: 'blocked', raw: 'refusal' },
    } as const
    service.answersWith(() => Promise.resolve(whole(declined)))
    const { choices } = await client.chat.completions.create(hello)
    const message = { role: 'assistant' as const, content: null, refusal: 'I cannot help.' }
    expect(choices).toMatchObject([{ message, finish_reason: 'stop' }])

    service.answersWith(() => Promise.resolve(streamed([], declined)))
    const final = await client.chat.completions.stream(hello).finalChatCompletion()
    expect(final.choices).toMatchObject([{ message: { refusal: 'I cannot help.' }, finish_reason: 'stop' }])

    await client.chat.completions.create({ ...hello, messages: [...hello.messages, message] })
    expect(service.asked.at(-1)?.question.messages[1]).toEqual({ role: 'assistant', content: 'I cannot help.' })
  })

  test('leaves to the provider what the application leaves out', async () => {
    await client.chat.completions.create({ ...hello, temperature: null, tools: [] })
    const { question } = service.asked.at(-1) ?? {}
    expect(question).toEqual({ messages: [{ role: 'user', content: 'Hello' }] })
  })

  test('the choice of a model sticks by header, else by user, else by metadata', async () => {
    const key = () => service.asked.at(-1)?.key
    const more = { user: 'ada', metadata: { key: 'order-7' } }
    await client.chat.completions.create({ ...hello, ...more }, { headers: { 'x-incumbent-key': 'session-1' } })
    expect(key()).toBe('session-1')
    await client.chat.completions.create({ ...hello, ...more })
    expect(key()).toBe('ada')
    await client.chat.completions.create({ ...hello, metadata: more.metadata })
    expect(key()).toBe('order-7')
  })

  test('a key in a header is what its sender wrote, in UTF-8 or Latin-1, so that SQL gives the same choice', async () => {
    const sent = async (header: string) => {
      await client.chat.completions.create(hello, { headers: { 'x-incumbent-key': header } })
      return service.asked.at(-1)?.key
    }
    expect(await sent(Buffer.from('Größe 東京').toString('latin1'))).toBe('Größe 東京')
    expect(await sent('Größe')).toBe('Größe')
  })

  test('a call of a tool comes back with its id, and the signature of the thought behind it survives the next turn', async () => {
    service.answersWith(() =>
      Promise.resolve(
        whole({
          text: '',
          toolCalls: [{ ...call, signature: 'c2ln' }],
          finishReason: { unified: 'tool-calls', raw: 'x' },
        }),
      ),
    )
    const { choices } = await client.chat.completions.create({ ...hello, tools })
    const [choice] = choices
    expect(choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: call.arguments } }],
      },
    })
    if (choice === undefined) return
    await client.chat.completions.create({
      ...hello,
      messages: [...hello.messages, choice.message, { role: 'tool', tool_call_id: 'call_1', content: 'sunny' }],
      tools,
    })
    expect(service.asked.at(-1)?.question.messages[1]).toMatchObject({ toolCalls: [{ ...call, signature: 'c2ln' }] })
  })
})

describe('a streamed answer', async () => {
  const service = await startedService()
  const { client } = service

  test('begins with the role, comes piece by piece, and ends with a reason', async () => {
    service.answersWith(() => Promise.resolve(streamed(textPieces('Hel', 'lo!'))))
    const chunks = []
    for await (const chunk of await client.chat.completions.create({ ...hello, stream: true })) chunks.push(chunk)
    expect(service.asked.at(-1)?.wantsStream).toBe(true)
    expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([
      { role: 'assistant', content: '', refusal: null },
      { content: 'Hel' },
      { content: 'lo!' },
      {},
    ])
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([null, null, null, 'stop'])
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    for (const chunk of chunks) expect(chunk).toMatchObject({ object: 'chat.completion.chunk', model: 'qwen3-4b' })
    for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage')
  })

  test('tells its counts in a last chunk without choices when asked to', async () => {
    service.answersWith(() => Promise.resolve(streamed(textPieces('Hello!'))))
    const request = { ...hello, stream: true as const, stream_options: { include_usage: true } }
    const chunks = []
    for await (const chunk of await client.chat.completions.create(request)) chunks.push(chunk)
    expect(chunks.map(({ usage }) => usage?.total_tokens)).toEqual([undefined, undefined, undefined, 15])
    expect(chunks[0]?.usage).toBeNull()
    expect(chunks.at(-1)?.choices).toEqual([])
  })

  test('is put together by the client again, with calls of tools', async () => {
    const pieces = [
      { kind: 'tool-call' as const, index: 0, id: 'call_1', name: 'weather', arguments: '' },
      { kind: 'tool-call' as const, index: 0, arguments: '{"city":' },
      { kind: 'tool-call' as const, index: 0, arguments: '"Graz"}' },
      { kind: 'tool-call' as const, index: 1, id: 'call_2', name: 'weather', arguments: '{}' },
    ]
    const finishReason = { unified: 'tool-calls' as const, raw: 'tool_calls' }
    service.answersWith(() => Promise.resolve(streamed(pieces, { finishReason })))
    const runner = client.chat.completions.stream({ ...hello, tools })
    const { choices } = await runner.finalChatCompletion()
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    expect(choices[0]?.message.tool_calls).toMatchObject([
      { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Graz"}' } },
      { id: 'call_2', type: 'function', function: { name: 'weather', arguments: '{}' } },
    ])
  })

  test('comes in one piece from a model that cannot stream', async () => {
    service.answersWith(() => Promise.resolve(whole({ text: 'Ἀλφα "β"\n' })))
    const { choices } = await client.chat.completions.stream(hello).finalChatCompletion()
    expect(choices[0]?.message.content).toBe('Ἀλφα "β"\n')
  })

  test('that breaks off is an error of the client, after the pieces that had come', async () => {
    async function* broken(): AnsweredStream['pieces'] {
      yield* textPieces('Hel')
      throw new Error('a secret of the service')
    }
    service.answersWith(() => Promise.resolve({ ...streamed([]), pieces: broken() }))
    const texts: unknown[] = []
    const reading = async () => {
      for await (const { choices } of await client.chat.completions.create({ ...hello, stream: true })) {
        texts.push(choices[0]?.delta.content)
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: 'internal_error', type: 'server_error' })
    expect(texts).toEqual(['', 'Hel'])
  })
})
