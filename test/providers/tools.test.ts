import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Tool } from '../../src/providers/chat-settings.ts'
import type { GenerateRequest, Provider } from '../../src/providers/provider.ts'
import type { Message } from '../../src/tasks/task.ts'
import { aRequest } from '../support/loopback-request.ts'
import type { Loopback, Script } from '../support/loopback-server.ts'
import { cases } from '../support/provider-faults.ts'
import { readStream } from '../support/read-stream.ts'

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tools: Tool[] = [
  { name: 'weather', description: 'The weather of a city.', parameters },
  { name: 'now', description: undefined, parameters: undefined },
]
const calls = [
  { name: 'weather', arguments: { city: 'Graz "süd"' } },
  { name: 'now', arguments: {} },
]

/** A question, two calls, their results, an answer, and another question. */
const conversation: Message[] = [
  { role: 'system', content: 'You help.' },
  { role: 'user', content: 'Weather and time?' },
  {
    role: 'assistant',
    content: '',
    toolCalls: [
      { id: 'one', name: 'weather', arguments: '{"city":"Graz"}' },
      { id: 'two', name: 'now', arguments: '' },
    ],
  },
  { role: 'tool', toolCallId: 'two', content: '12:00' },
  { role: 'tool', toolCallId: 'one', content: '{"degrees":21}' },
  { role: 'assistant', content: '21 degrees at noon.' },
  { role: 'user', content: 'Thanks. And tomorrow?' },
]

/** What each server is sent for the conversation. */
const sent: Record<string, unknown> = {
  Gemini: [
    { role: 'user', parts: [{ text: 'Weather and time?' }] },
    {
      role: 'model',
      parts: [
        { functionCall: { id: 'one', name: 'weather', args: { city: 'Graz' } } },
        { functionCall: { id: 'two', name: 'now', args: {} } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { id: 'two', name: 'now', response: { result: '12:00' } } },
        { functionResponse: { id: 'one', name: 'weather', response: { degrees: 21 } } },
      ],
    },
    { role: 'model', parts: [{ text: '21 degrees at noon.' }] },
    { role: 'user', parts: [{ text: 'Thanks. And tomorrow?' }] },
  ],
  Ollama: [
    { role: 'system', content: 'You help.' },
    { role: 'user', content: 'Weather and time?' },
    {
      role: 'assistant',
      content: '',
      tool_calls: [
        { id: 'one', function: { name: 'weather', arguments: { city: 'Graz' } } },
        { id: 'two', function: { name: 'now', arguments: {} } },
      ],
    },
    { role: 'tool', tool_name: 'now', tool_call_id: 'two', content: '12:00' },
    { role: 'tool', tool_name: 'weather', tool_call_id: 'one', content: '{"degrees":21}' },
    { role: 'assistant', content: '21 degrees at noon.' },
    { role: 'user', content: 'Thanks. And tomorrow?' },
  ],
  'an OpenAI-compatible server': [
    { role: 'system', content: 'You help.' },
    { role: 'user', content: 'Weather and time?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'one', type: 'function', function: { name: 'weather', arguments: '{"city":"Graz"}' } },
        { id: 'two', type: 'function', function: { name: 'now', arguments: '' } },
      ],
    },
    { role: 'tool', tool_call_id: 'two', content: '12:00' },
    { role: 'tool', tool_call_id: 'one', content: '{"degrees":21}' },
    { role: 'assistant', content: '21 degrees at noon.' },
    { role: 'user', content: 'Thanks. And tomorrow?' },
  ],
}

for (const { name, start, provider } of cases) {
  const modelId = name === 'Ollama' ? 'llama3.2:3b' : 'a-model'
  const question = (otherwise: Partial<GenerateRequest> = {}) =>
    aRequest({ modelId, answerSchema: undefined, tools, ...otherwise })

  describe(`tools with ${name}`, () => {
    let server: Loopback<never>
    let asked: Provider
    beforeAll(async () => {
      server = await start()
      asked = provider(server.url)
    })
    afterAll(() => server.close())
    beforeEach(() => server.change({ toolCalls: calls, fault: undefined } as Script<never>))

    test('are called, with ids of their own and arguments as JSON, also in a stream', async () => {
      const whole = await asked.generate(question())
      const { pieces, generated: streamed } = await readStream(asked, question())
      for (const { text, toolCalls = [], finishReason } of [whole, streamed ?? whole]) {
        expect([text, finishReason.unified]).toEqual(['', 'tool-calls'])
        expect(toolCalls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments || '{}') }))).toEqual(
          calls,
        )
        expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2)
      }
      const firsts = pieces.filter((piece) => piece.kind === 'tool-call' && piece.id !== undefined)
      expect(firsts).toMatchObject([
        { index: 0, name: 'weather' },
        { index: 1, name: 'now' },
      ])
      expect(streamed?.timing.firstTokenMs).toBeGreaterThan(0)
    })

    test('and their results go with the conversation', async () => {
      await asked.generate(question({ messages: conversation }))
      const body = server.questions.at(-1)?.body
      expect(body?.messages ?? body?.contents).toEqual(sent[name])
    })

    test('that may not be called are not, and no answer is a call', async () => {
      server.change({ toolCalls: undefined } as Script<never>)
      const { toolCalls, finishReason } = await asked.generate(question({ toolChoice: 'none' }))
      expect([toolCalls, finishReason.unified]).toEqual([undefined, 'stop'])
    })

    test('are not sent where there are none', async () => {
      await asked.generate(question({ tools: [] }))
      const body = server.questions.at(-1)?.body ?? {}
      expect(['tools', 'tool_choice', 'toolConfig'].filter((key) => key in body)).toEqual([])
    })
  })
}
