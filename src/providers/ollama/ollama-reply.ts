import * as z from 'zod'
import { type FinishReason, type Generated, ProviderError, type Timing } from '../provider.ts'
import { addressOf, type Endpoint } from '../provider-errors/endpoint.ts'
import { safeText } from '../provider-errors/safe-text.ts'
import { foreignReply } from '../provider-errors/unusable-reply.ts'
import { splitThinking, thinkingWarning } from '../thinking-text.ts'

const text = z.string().optional().catch(undefined)
const count = z.int().nonnegative().optional().catch(undefined)
const nanoseconds = z.number().nonnegative().optional().catch(undefined)

const replySchema = z.object({
  message: z.object({ content: z.string().catch(''), thinking: text }),
  done_reason: text,
  prompt_eval_count: count,
  prompt_eval_cached_count: count,
  eval_count: count,
  total_duration: nanoseconds,
  load_duration: nanoseconds,
  eval_duration: nanoseconds,
})

type Reply = z.output<typeof replySchema>

/** A server that fails after it has begun sends its error with the status of success. */
const failedSchema = z.object({ error: z.string() })

/**
 * The answer in a reply of /api/chat, without its thoughts.
 * @throws ProviderError when the reply is an error or none of the protocol
 */
export function readOllamaReply(endpoint: Endpoint, body: unknown, totalMs: number): Omit<Generated, 'modelVersion'> {
  const failed = failedSchema.safeParse(body)
  if (failed.success) throw failedOnTheWay(endpoint, failed.data.error)
  const parsed = replySchema.safeParse(body)
  if (!parsed.success) throw foreignReply(endpoint, 'JSON of another shape')
  const { message, done_reason: raw, ...counts } = parsed.data
  const { answer, thinking } = splitThinking(message.content)
  const warning = thinkingWarning((message.thinking ?? '') + (thinking ?? ''))
  return {
    text: answer,
    finishReason: finishReasonOf(raw),
    usage: {
      inputTokens: counts.prompt_eval_count,
      // Thoughts are in it, and not counted apart.
      outputTokens: counts.eval_count,
      reasoningTokens: undefined,
      cachedInputTokens: counts.prompt_eval_cached_count,
    },
    timing: timingOf(counts, totalMs, warning === undefined),
    warnings: warning === undefined ? [] : [warning],
  }
}

function finishReasonOf(raw: string | undefined): FinishReason {
  return { unified: raw === 'stop' || raw === 'length' ? raw : 'other', raw }
}

/**
 * Durations are nanoseconds, and one of zero is left out. The first token comes when all but the generation is over; a
 * model that thought was generated in two passes, which the durations do not tell apart.
 */
function timingOf(
  { total_duration: total, load_duration: load, eval_duration: generation }: Omit<Reply, 'message' | 'done_reason'>,
  totalMs: number,
  isOnePass: boolean,
): Timing {
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
