import type { JsonObject } from '../../shared/json.ts'
import type { Message } from '../../tasks/task.ts'
import type { Tool } from '../chat-settings.ts'
import { given } from '../given.ts'
import { type GenerateRequest, ProviderError } from '../provider.ts'
import { argumentsOf, calledTool } from '../tool-calls.ts'
import type { ModelFacts } from './model-facts.ts'
import { thinkSetting } from './ollama-settings.ts'

export interface OllamaChat {
  /** All but whether it streams. */
  body: JsonObject
  warnings: string[]
}

/** @throws ProviderError of kind `invalid-request` for what Ollama, or the model, cannot do */
export function chatRequest(request: GenerateRequest, facts: ModelFacts, contextTokens: number): OllamaChat {
  const { modelId, messages, answerSchema, responseFormat, parallelToolCalls } = request
  const tools = usableTools(request, facts)
  const { think, warnings } = thinkSetting(facts)
  const body: JsonObject = {
    model: modelId,
    messages: messages.map((message, index) => messageBody(message, messages.slice(0, index))),
    // Without these a prompt or an answer that is too long loses its beginning in silence. Older servers ignore them.
    truncate: false,
    shift: false,
    options: given({
      num_ctx: contextTokens,
      num_predict: request.maxOutputTokens,
      temperature: request.temperature,
      seed: request.seed,
      top_p: request.topP,
      stop: request.stop === undefined ? undefined : [...request.stop],
      presence_penalty: request.presencePenalty,
      frequency_penalty: request.frequencyPenalty,
    }),
    ...given({
      think,
      format: answerSchema ?? (responseFormat === undefined ? undefined : 'json'),
      tools: tools.length === 0 ? undefined : tools.map(toolBody),
    }),
  }
  const notKept = tools.length > 0 && parallelToolCalls === false ? [severalCalls] : []
  return { body, warnings: [...warnings, ...notKept] }
}

const severalCalls = 'Ollama cannot keep a model from calling several tools at once (parallel_tool_calls).'

/** Tools are left out where none may be called. A forced call, and a format beside tools, would be dropped in silence. */
function usableTools(
  { tools = [], toolChoice, answerSchema, responseFormat, modelId }: GenerateRequest,
  facts: ModelFacts,
) {
  if (tools.length === 0 || toolChoice === 'none') return []
  if (facts.capabilities.length > 0 && !facts.capabilities.includes('tools')) refuse(`${modelId} cannot call tools.`)
  if (toolChoice !== undefined && toolChoice !== 'auto') refuse('Ollama cannot force the call of a tool (tool_choice).')
  if (answerSchema !== undefined || responseFormat !== undefined) {
    refuse('Ollama calls no tool where the form of the answer is prescribed: ask for tools or for response_format.')
  }
  return tools
}

function refuse(reason: string): never {
  throw new ProviderError('invalid-request', reason)
}

function messageBody(message: Message, before: readonly Message[]): JsonObject {
  const { role, content } = message
  if (message.role === 'tool') {
    return { role, content, tool_name: calledTool(before, message.toolCallId), tool_call_id: message.toolCallId }
  }
  if (message.role !== 'assistant' || message.toolCalls === undefined) return { role, content }
  const calls = message.toolCalls.map((call) => ({
    id: call.id,
    function: { name: call.name, arguments: argumentsOf(call) },
  }))
  return { role, content, tool_calls: calls }
}

function toolBody({ name, description = '', parameters }: Tool): JsonObject {
  return {
    type: 'function',
    function: { name, description, parameters: parameters ?? { type: 'object', properties: {} } },
  }
}
