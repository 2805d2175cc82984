import type { JsonObject } from '../../shared/json.ts'
import type { Message, ToolCall } from '../../tasks/task.ts'
import { given } from '../given.ts'
import { argumentsOf, calledTool, resultOf } from '../tool-calls.ts'

export interface Contents {
  systemInstruction: JsonObject | undefined
  contents: JsonObject[]
}

/**
 * A conversation in Gemini's words. Results of tools that were called together are one turn.
 * @throws ProviderError of kind `invalid-request` when calls and results do not belong together
 */
export function contentsOf(modelId: string, messages: readonly Message[]): Contents {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  const turns: { role: string; parts: JsonObject[]; ofTool: boolean }[] = []
  for (const [index, message] of messages.entries()) {
    if (message.role === 'system') continue
    const ofTool = message.role === 'tool'
    const parts = partsOf(modelId, message, messages.slice(0, index))
    const last = turns.at(-1)
    if (ofTool && last?.ofTool === true) last.parts.push(...parts)
    else turns.push({ role: message.role === 'assistant' ? 'model' : 'user', parts, ofTool })
  }
  return {
    systemInstruction: system.length === 0 ? undefined : { role: 'system', parts: [{ text: system.join('\n\n') }] },
    contents: turns.map(({ role, parts }) => ({ role, parts })),
  }
}

function partsOf(modelId: string, message: Message, before: readonly Message[]): JsonObject[] {
  const { content } = message
  if (message.role === 'tool') {
    const id = message.toolCallId
    return [{ functionResponse: { id, name: calledTool(before, id), response: resultOf(content) } }]
  }
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
  if (calls.length === 0) return [{ text: content }]
  return [...(content === '' ? [] : [{ text: content }]), ...calls.map((call, index) => callPart(modelId, call, index))]
}

function callPart(modelId: string, call: ToolCall, index: number): JsonObject {
  const thoughtSignature = call.signature ?? (index === 0 ? substituteSignature(modelId) : undefined)
  return { functionCall: { id: call.id, name: call.name, args: argumentsOf(call) }, ...given({ thoughtSignature }) }
}

/**
 * From generation 3 on the first call of a turn must bear the signature of the thought behind it. One that was made by
 * another model, or whose signature the application did not keep, bears the word that Google documents for this
 * (ai.google.dev/gemini-api/docs/thought-signatures).
 */
function substituteSignature(modelId: string): string | undefined {
  const generation = /gemini-(\d+)/.exec(modelId)?.[1]
  return Number(generation ?? 0) >= 3 ? 'skip_thought_signature_validator' : undefined
}
