import type { Generated, Usage } from '../../providers/provider.ts'

/** What all parts of one answer have in common. */
export interface CompletionHead {
  /** `chatcmpl-…` */
  id: string
  /** Unix seconds. */
  created: number
  /** Name in the registry of the model that answered. */
  model: string
}

/** The body of an answer that comes as a whole. */
export function completion({ id, created, model }: CompletionHead, generated: Generated) {
  const { text, toolCalls, refusal, modelVersion } = generated
  const usage = usageOf(generated.usage)
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && (toolCalls ?? refusal) !== undefined ? null : text,
          refusal: refusal ?? null,
          ...(toolCalls === undefined ? {} : { tool_calls: toolCalls.map(toolCallOf) }),
        },
        logprobs: null,
        finish_reason: finishReasonOf(generated),
      },
    ],
    ...(usage === undefined ? {} : { usage }),
    ...(modelVersion === undefined ? {} : { system_fingerprint: modelVersion }),
  }
}

export function finishReasonOf({
  finishReason,
  refusal,
}: Generated): 'stop' | 'length' | 'tool_calls' | 'content_filter' {
  switch (finishReason.unified) {
    case 'length':
      return 'length'
    case 'tool-calls':
      return 'tool_calls'
    case 'blocked':
      // A model that declines has come to its end: with another reason clients throw its words away.
      return refusal === undefined ? 'content_filter' : 'stop'
    case 'stop':
    case 'other':
      return 'stop'
  }
}

/** Undefined where the provider does not say: a count of 0 would be a lie. */
export function usageOf({ inputTokens, outputTokens, reasoningTokens, cachedInputTokens }: Usage) {
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...(cachedInputTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedInputTokens } }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  }
}

type ToolCall = NonNullable<Generated['toolCalls']>[number]

function toolCallOf({ id, name, arguments: text, signature }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: text }, ...signed(signature) }
}

/** Where Google's own endpoint for OpenAI clients puts it; the application sends it back with the call. */
export function signed(signature: string | undefined) {
  return signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }
}
