import * as z from 'zod'
import type { ToolCall } from '../../tasks/task.ts'
import { type FinishReason, type Generated, ProviderError, type Timing, type Usage } from '../provider.ts'
import { addressOf, type Endpoint } from '../provider-errors/endpoint.ts'
import { safeText } from '../provider-errors/safe-text.ts'
import { foreignReply } from '../provider-errors/unusable-reply.ts'
import { splitThinking, thinkingWarning } from '../thinking-text.ts'
import { newCallId } from '../tool-calls.ts'

const text = z.string().optional().catch(undefined)
const count = z.int().nonnegative().optional().catch(undefined)
const nanoseconds = z.number().nonnegative().optional().catch(undefined)

const callSchema = z.object({
  id: text,
  function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()).catch({}) }),
})

/** A whole reply, or a part of one that streams; the counts are in the last. */
const replySchema = z.object({
  message: z.object({
    content: z.string().catch(''),
    thinking: text,
    tool_calls: z.array(callSchema).optional().catch(undefined),
  }),
  done: z.boolean().optional().catch(undefined),
  done_reason: text,
  prompt_eval_count: count,
  prompt_eval_cached_count: count,
  eval_count: count,
  total_duration: nanoseconds,
  load_duration: nanoseconds,
  eval_duration: nanoseconds,
})

export type OllamaReply = z.output<typeof replySchema>

/** A server that fails after it has begun sends its error with the status of success. */
const failedSchema = z.object({ error: z.string() })

/**
 * The answer in a reply of /api/chat, without its thoughts.
 * @throws ProviderError when the reply is an error or none of the protocol
 */
export function readOllamaReply(endpoint: Endpoint, body: unknown, totalMs: number): Omit<Generated, 'modelVersion'> {
  const reply = parsedOllama(endpoint, body)
  const { message } = reply
  const { answer, thinking } = splitThinking(message.content)
  const warning = thinkingWarning((message.thinking ?? '') + (thinking ?? ''))
  const toolCalls = toolCallsOf(reply)
  return {
    text: answer,
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    finishReason: finishReasonOf(reply, toolCalls.length > 0),
    usage: usageOf(reply),
    timing: timingOf(reply, totalMs, warning === undefined),
    warnings: warning === undefined ? [] : [warning],
  }
}

/** @throws ProviderError when it is an error or none of the protocol */
export function parsedOllama(endpoint: Endpoint, body: unknown): OllamaReply {
  const parsed = replySchema.safeParse(body)
  if (parsed.success) return parsed.data
  const failed = failedSchema.safeParse(body)
  throw failed.success ? failedOnTheWay(endpoint, failed.data.error) : foreignReply(endpoint, 'JSON of another shape')
}

export function toolCallsOf({ message }: OllamaReply): ToolCall[] {
  return (message.tool_calls ?? []).map(({ id, function: called }) => ({
    id: id === undefined || id === '' ? newCallId() : id,
    name: called.name,
    arguments: JSON.stringify(called.arguments),
  }))
}

export function finishReasonOf({ done_reason: raw }: OllamaReply, hasCalls: boolean): FinishReason {
  if (raw === 'stop' && hasCalls) return { unified: 'tool-calls', raw }
  return { unified: raw === 'stop' || raw === 'length' ? raw : 'other', raw }
}

export function usageOf(reply: OllamaReply): Usage {
  return {
    inputTokens: reply.prompt_eval_count,
    // Thoughts are in it, and not counted apart.
    outputTokens: reply.eval_count,
    reasoningTokens: undefined,
    cachedInputTokens: reply.prompt_eval_cached_count,
  }
}

/**
 * Durations are nanoseconds, and one of zero is left out. The first token comes when all but the generation is over; a
 * model that thought was generated in two passes, which the durations do not tell apart.
 */
export function timingOf(reply: OllamaReply, totalMs: number, isOnePass: boolean): Timing {
  const { total_duration: total, load_duration: load, eval_duration: generation } = reply
  const isTimed = total !== undefined && generation !== undefined && isOnePass
  return {
    totalMs,
    firstTokenMs: isTimed ? Math.max(0, total - generation) / 1e6 : undefined,
    loadMs: total === undefined ? undefined : (load ?? 0) / 1e6,
    queueMs: undefined,
  }
}

function failedOnTheWay(endpoint: Endpoint, words: string): ProviderError {
  const message = `${addressOf(endpoint)} failed while it answered: ${safeText(words, endpoint.secrets)}`
  return new ProviderError('overloaded', message, { isRetryable: true, status: 200 })
}
