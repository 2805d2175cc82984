import type { JsonObject } from '../../shared/json.ts'
import type { Message } from '../../tasks/task.ts'
import type { Tool, ToolChoice } from '../chat-settings.ts'
import { given } from '../given.ts'
import type { GenerateRequest } from '../provider.ts'
import { responseFormat } from './response-format.ts'
import type { SchemaSupport } from './schema-probe.ts'

/** The request for an answer. Defaults of servers differ, so that nothing that an evaluation says is left to them. */
export function chatBody(request: GenerateRequest, support: SchemaSupport): JsonObject {
  const { tools, toolChoice } = request
  const hasTools = tools !== undefined && tools.length > 0
  return {
    model: request.modelId,
    messages: request.messages.map(messageBody),
    ...given({
      max_tokens: request.maxOutputTokens,
      temperature: request.temperature,
      seed: request.seed,
      top_p: request.topP,
      stop: request.stop === undefined ? undefined : [...request.stop],
      presence_penalty: request.presencePenalty,
      frequency_penalty: request.frequencyPenalty,
      response_format: responseFormat(request, support),
      tools: hasTools ? tools.map(toolBody) : undefined,
      tool_choice: hasTools && toolChoice !== undefined ? choiceBody(toolChoice) : undefined,
      parallel_tool_calls: hasTools ? request.parallelToolCalls : undefined,
    }),
    ...withoutThinking,
  }
}

/** What a stream says beside it: without it servers give no counts. */
export const streamSettings = { stream: true, stream_options: { include_usage: true } }

/** How vLLM, llama.cpp and others are told not to think; servers that do not know it ignore or refuse it. */
export const withoutThinking = { chat_template_kwargs: { enable_thinking: false } }

export function messageBody(message: Message): JsonObject {
  const { role, content } = message
  if (message.role === 'tool') return { role, tool_call_id: message.toolCallId, content }
  if (message.role !== 'assistant' || message.toolCalls === undefined) return { role, content }
  const calls = message.toolCalls.map(({ id, name, arguments: text }) => ({
    id,
    type: 'function',
    function: { name, arguments: text },
  }))
  return { role, content: content === '' ? null : content, tool_calls: calls }
}

export function toolBody({ name, description, parameters, strict }: Tool): JsonObject {
  return { type: 'function', function: { name, ...given({ description, parameters, strict }) } }
}

function choiceBody(choice: ToolChoice): JsonObject | string {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }
}
