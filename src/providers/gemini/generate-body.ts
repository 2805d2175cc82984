import type { JsonObject } from '../../shared/json.ts'
import type { Tool, ToolChoice } from '../chat-settings.ts'
import { given } from '../given.ts'
import type { GenerateRequest } from '../provider.ts'
import { contentsOf } from './contents.ts'
import type { LeastThinking } from './least-thinking.ts'
import { translatedSchema } from './schema-translations.ts'

export interface GeminiBody {
  body: JsonObject
  warnings: string[]
}

/** What is left out because the model has refused it before. */
export interface LeftOut {
  penalties: boolean
}

/** The request for an answer; as one the client's types know only a part of its settings. */
export function generateBody(
  request: GenerateRequest,
  thinking: LeastThinking | undefined,
  leftOut: LeftOut,
): GeminiBody {
  const { maxOutputTokens, answerSchema, responseFormat, tools = [], toolChoice } = request
  const { systemInstruction, contents } = contentsOf(request.modelId, request.messages)
  const { schema, warnings } = answerSchema === undefined ? { warnings: [] } : translatedSchema(answerSchema)
  const isJson = answerSchema !== undefined || responseFormat !== undefined
  const generationConfig = given({
    temperature: request.temperature,
    // The limit covers thoughts and answer together: what must be thought is added, so that the answer keeps its own.
    maxOutputTokens: maxOutputTokens === undefined ? undefined : maxOutputTokens + (thinking?.extraTokens ?? 0),
    seed: request.seed,
    topP: request.topP,
    stopSequences: request.stop === undefined ? undefined : [...request.stop],
    presencePenalty: leftOut.penalties ? undefined : request.presencePenalty,
    frequencyPenalty: leftOut.penalties ? undefined : request.frequencyPenalty,
    thinkingConfig: thinking?.config,
    responseMimeType: isJson ? 'application/json' : undefined,
    responseSchema: schema,
  })
  const body = {
    contents,
    generationConfig,
    ...given({
      systemInstruction,
      tools: toolsOf(tools),
      toolConfig:
        tools.length > 0 && toolChoice !== undefined ? { functionCallingConfig: callingConfig(toolChoice) } : undefined,
    }),
  }
  return { body, warnings: [...warnings, ...(thinking?.warnings ?? []), ...notKept(request, leftOut)] }
}

function notKept({ presencePenalty, frequencyPenalty, parallelToolCalls }: GenerateRequest, { penalties }: LeftOut) {
  const hasPenalty = presencePenalty !== undefined || frequencyPenalty !== undefined
  return [
    ...(penalties && hasPenalty ? ['The model takes no presence_penalty and no frequency_penalty.'] : []),
    ...(parallelToolCalls === false
      ? ['Gemini cannot keep a model from calling several tools at once (parallel_tool_calls).']
      : []),
  ]
}

export function toolsOf(tools: readonly Tool[]): JsonObject[] | undefined {
  return tools.length === 0 ? undefined : [{ functionDeclarations: tools.map(declaration) }]
}

function declaration({ name, description, parameters }: Tool): JsonObject {
  return { name, ...given({ description, parametersJsonSchema: parameters }) }
}

function callingConfig(choice: ToolChoice): JsonObject {
  if (typeof choice !== 'string') return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  return { mode: choice === 'required' ? 'ANY' : choice.toUpperCase() }
}
