import * as z from 'zod'
import type { ToolCall } from '../../tasks/task.ts'
import type { HttpReply } from '../http-client.ts'
import type { FinishReason, Generated, Usage } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import { foreignReply, parsedReply } from '../provider-errors/unusable-reply.ts'
import { splitThinking, thinkingWarning } from '../thinking-text.ts'

const text = z.string().nullish().catch(undefined)
const count = z.int().nonnegative().optional().catch(undefined)

const partsSchema = z
  .array(z.object({ text }).catch({ text: undefined }))
  .transform((parts) => parts.map((part) => part.text ?? '').join(''))

const callSchema = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string().catch('') }),
})

export const usageSchema = z
  .object({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
    completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(undefined),
  })
  .nullish()
  .catch(undefined)

const replySchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: text,
        message: z.object({
          content: z.union([z.string(), partsSchema]).catch(''),
          refusal: text,
          reasoning: text,
          /** The older name of the same. */
          reasoning_content: text,
          tool_calls: z.array(callSchema).nullish().catch(undefined),
        }),
      }),
    )
    .min(1),
  usage: usageSchema,
  model: text,
})

/** Some servers send an error with the status of success, its code in the body. */
const status = z.int().min(400).max(599).catch(502)
const errorSchema = z.union([
  z.object({ error: z.object({ code: status }) }).transform(({ error }) => error.code),
  z.object({ object: z.literal('error'), code: status }).transform(({ code }) => code),
  z.object({ error: z.string() }).transform(() => 502),
])

/**
 * The answer in a reply, without its thoughts. The version is the model's exact name; the fingerprint of the system is
 * not in it, because it changes from call to call on busy services.
 * @throws ProviderError when the reply is an error, no JSON, or none of the protocol
 */
export function readOpenAiReply(endpoint: Endpoint, reply: HttpReply, totalMs: number): Generated {
  const body = parsedReply(endpoint, reply.text)
  const parsed = replySchema.safeParse(body)
  if (!parsed.success) throw noAnswer(endpoint, reply, body)
  const { choices, usage, model } = parsed.data
  const choice = choices[0]
  if (choice === undefined) throw noAnswer(endpoint, reply, body)
  const { content, refusal, reasoning, reasoning_content, tool_calls } = choice.message
  const { answer, thinking } = splitThinking(content)
  const warning = thinkingWarning((reasoning ?? reasoning_content ?? '') + (thinking ?? ''))
  const toolCalls = (tool_calls ?? []).map(toolCallOf)
  return {
    text: answer,
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...refusalOf(refusal ?? ''),
    finishReason: finishReasonOf(choice.finish_reason, { isRefusal: isText(refusal), hasCalls: toolCalls.length > 0 }),
    usage: usageOf(usage),
    timing: { totalMs, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined },
    warnings: warning === undefined ? [] : [warning],
    modelVersion: model ?? undefined,
  }
}

export function refusalOf(words: string): Pick<Generated, 'refusal'> {
  return words === '' ? {} : { refusal: words }
}

function isText(refusal: string | null | undefined): boolean {
  return refusal !== undefined && refusal !== null
}

function toolCallOf({ id, function: called }: z.output<typeof callSchema>): ToolCall {
  return { id, name: called.name, arguments: called.arguments }
}

/** Why a body with the status of success is no answer. */
export function noAnswer(endpoint: Endpoint, reply: HttpReply, body: unknown): Error {
  const failed = errorSchema.safeParse(body)
  if (!failed.success) return foreignReply(endpoint, 'JSON that is no chat completion')
  return httpProblemError(endpoint, replyProblem({ ...reply, status: failed.data }))
}

export function finishReasonOf(
  said: string | null | undefined,
  { isRefusal, hasCalls }: { isRefusal: boolean; hasCalls: boolean },
): FinishReason {
  const raw = said ?? undefined
  if (isRefusal) return { unified: 'blocked', raw: 'refusal' }
  // Where a tool was forced, the call ends as an answer does.
  if (raw === 'tool_calls' || (raw === 'stop' && hasCalls)) return { unified: 'tool-calls', raw }
  if (raw === 'stop' || raw === 'length') return { unified: raw, raw }
  return { unified: raw === 'content_filter' ? 'blocked' : 'other', raw }
}

/** Reasoning is part of the completion's count. */
export function usageOf(usage: z.output<typeof usageSchema>): Usage {
  return {
    inputTokens: usage?.prompt_tokens,
    outputTokens: usage?.completion_tokens,
    reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens,
    cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens,
  }
}
