import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../shared/json.ts'
import type { Message, ToolCall } from '../tasks/task.ts'
import { jsonIn } from './json-in.ts'
import { ProviderError } from './provider.ts'

/** For calls of providers that give them no id. Unique, because a conversation may hold those of several answers. */
export function newCallId(): string {
  return `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`
}

/**
 * The arguments of a call as an object, for protocols that want one.
 * @throws ProviderError of kind `invalid-request` when they are none
 */
export function argumentsOf({ name, arguments: text }: ToolCall): JsonObject {
  if (text.trim() === '') return {}
  const parsed = jsonIn(text)
  if (isJsonObject(parsed)) return parsed
  throw new ProviderError(
    'invalid-request',
    `The arguments of the call of ${name} in the conversation are no JSON object.`,
  )
}

/** What a tool returned, as an object: its JSON where it is one, else its text as `result`. */
export function resultOf(content: string): JsonObject {
  const parsed = jsonIn(content)
  return isJsonObject(parsed) ? parsed : { result: content }
}

/**
 * The tool whose result a message holds, for protocols that name it instead of the call.
 * @throws ProviderError of kind `invalid-request` when no earlier message holds the call
 */
export function calledTool(messages: readonly Message[], toolCallId: string): string {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  const call = calls.findLast(({ id }) => id === toolCallId)
  if (call !== undefined) return call.name
  throw new ProviderError(
    'invalid-request',
    `A message answers the call ${toolCallId}, and no message before it makes one.`,
  )
}
