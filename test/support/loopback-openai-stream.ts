import type { JsonObject, JsonValue } from '../../src/shared/json.ts'
import { listIn, objectIn, textIn } from './loopback-answers.ts'
import type { StreamedBody } from './loopback-server.ts'
import { piecesOfText, serverSentEvent } from './loopback-stream.ts'

/** The same completion as its chunks. Only `choices` with one entry is ever sent. */
export function streamed(completed: JsonObject, { include_usage: includeUsage }: JsonObject): StreamedBody | undefined {
  const choice = listIn(completed.choices)[0]
  if (choice === undefined) return undefined
  const { content, reasoning, reasoning_content, refusal, tool_calls } = objectIn(choice.message)
  const head = {
    id: completed.id ?? null,
    object: 'chat.completion.chunk',
    created: completed.created ?? null,
    model: completed.model ?? null,
    system_fingerprint: completed.system_fingerprint ?? null,
  }
  const usage = includeUsage === true ? { usage: null } : {}
  const chunk = (delta: JsonObject, reason: JsonValue = null): JsonObject => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
    ...usage,
  })
  const texts = { reasoning, reasoning_content, refusal, content }
  const deltas = Object.entries(texts).flatMap(([name, text]) =>
    piecesOfText(textIn(text)).map((part) => ({ [name]: part })),
  )
  const chunks = [
    chunk({ role: 'assistant', content: '' }),
    ...deltas.map((delta) => chunk(delta)),
    ...listIn(tool_calls)
      .flatMap(callDeltas)
      .map((delta) => chunk(delta)),
    chunk({}, choice.finish_reason),
    ...(includeUsage === true && completed.usage !== undefined
      ? [{ ...head, choices: [], usage: completed.usage }]
      : []),
  ]
  const failure = { error: { message: 'EngineCore encountered an issue.', type: 'InternalServerError', code: 500 } }
  return {
    contentType: 'text/event-stream; charset=utf-8',
    parts: [...chunks.map((each) => serverSentEvent(JSON.stringify(each))), serverSentEvent('[DONE]')],
    failure: serverSentEvent(JSON.stringify(failure)) + serverSentEvent('[DONE]'),
  }
}

/** A call begins with its id and name; its arguments follow in pieces. */
function callDeltas(call: JsonObject, index: number): JsonObject[] {
  const { name, arguments: args } = objectIn(call.function)
  const first = { index, id: call.id ?? null, type: 'function', function: { name: name ?? null, arguments: '' } }
  const pieces = piecesOfText(textIn(args)).map((part) => ({ index, function: { arguments: part } }))
  return [first, ...pieces].map((delta) => ({ tool_calls: [delta] }))
}
