import * as z from 'zod'
import type { ToolCall } from '../../tasks/task.ts'
import { type FinishReason, type Generated, ProviderError, type Usage } from '../provider.ts'
import { addressOf, type Endpoint } from '../provider-errors/endpoint.ts'
import { safeText } from '../provider-errors/safe-text.ts'
import { foreignReply } from '../provider-errors/unusable-reply.ts'
import { newCallId } from '../tool-calls.ts'

const text = z.string().optional().catch(undefined)
const count = z.int().nonnegative().optional().catch(undefined)

const partSchema = z.object({
  text,
  thought: z.boolean().optional().catch(undefined),
  functionCall: z
    .object({ id: text, name: z.string(), args: z.record(z.string(), z.unknown()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  thoughtSignature: text,
})

/** Only what is read. A part that is not as documented counts as absent, never as a reason to lose the answer. */
const replySchema = z.object({
  candidates: z
    .array(
      z.object({
        finishReason: text,
        content: z
          .object({
            parts: z.array(partSchema).optional().catch(undefined),
          })
          .optional()
          .catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
  promptFeedback: z.object({ blockReason: text, blockReasonMessage: text }).optional().catch(undefined),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      cachedContentTokenCount: count,
    })
    .optional()
    .catch(undefined),
  modelVersion: text,
})

export type GeminiReply = z.output<typeof replySchema>
type Part = z.output<typeof partSchema>

/**
 * The answer in a reply: the text of the first candidate without its thoughts. A reply without a candidate is an empty
 * answer; the service leaves out what is empty.
 * @throws ProviderError of kind `blocked` when the prompt was refused
 */
export function readGeminiReply(endpoint: Endpoint, body: unknown, totalMs: number): Omit<Generated, 'warnings'> {
  const reply = parsedGemini(endpoint, body)
  const parts = partsOf(reply)
  const toolCalls = parts.map(toolCallOf).filter((call) => call !== undefined)
  return {
    text: parts.map(answerIn).join(''),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    finishReason: finishReasonOf(reply.candidates?.[0]?.finishReason, toolCalls.length > 0),
    usage: usageOf(reply.usageMetadata),
    timing: { totalMs, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined },
    modelVersion: reply.modelVersion,
  }
}

/**
 * A reply, or a chunk of one that streams.
 * @throws ProviderError when it is none of the protocol, or says that the prompt was refused
 */
export function parsedGemini(endpoint: Endpoint, body: unknown): GeminiReply {
  const parsed = replySchema.safeParse(body)
  if (!parsed.success) throw foreignReply(endpoint, 'JSON of another shape')
  const { candidates, promptFeedback } = parsed.data
  if (candidates?.[0] === undefined && promptFeedback?.blockReason !== undefined)
    throw blockedPrompt(endpoint, promptFeedback)
  return parsed.data
}

export function partsOf({ candidates }: GeminiReply): Part[] {
  return candidates?.[0]?.content?.parts ?? []
}

/** The text of a part that is no thought. */
export function answerIn({ text: said, thought }: Part): string {
  return thought === true ? '' : (said ?? '')
}

export function toolCallOf({ functionCall, thoughtSignature: signature }: Part): ToolCall | undefined {
  if (functionCall === undefined) return undefined
  const { id = newCallId(), name, args = {} } = functionCall
  return { id, name, arguments: JSON.stringify(args), signature }
}

/** The service sends words that its client does not know: an open set. */
const blockedWords = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
])

export function finishReasonOf(raw: string | undefined, hasCalls: boolean): FinishReason {
  if (raw === 'STOP') return { unified: hasCalls ? 'tool-calls' : 'stop', raw }
  if (raw === 'MAX_TOKENS') return { unified: 'length', raw }
  return { unified: raw !== undefined && blockedWords.has(raw) ? 'blocked' : 'other', raw }
}

/** Thoughts are billed as output and counted beside the candidates; the prompt's count includes what was cached. */
export function usageOf(metadata: GeminiReply['usageMetadata']): Usage {
  const answered = metadata?.candidatesTokenCount
  const thought = metadata?.thoughtsTokenCount
  return {
    inputTokens: metadata?.promptTokenCount,
    outputTokens: answered === undefined && thought === undefined ? undefined : (answered ?? 0) + (thought ?? 0),
    reasoningTokens: thought,
    cachedInputTokens: metadata?.cachedContentTokenCount,
  }
}

function blockedPrompt(endpoint: Endpoint, feedback: NonNullable<GeminiReply['promptFeedback']>): ProviderError {
  const why =
    feedback.blockReasonMessage === undefined ? '' : `: ${safeText(feedback.blockReasonMessage, endpoint.secrets)}`
  return new ProviderError('blocked', `${addressOf(endpoint)} blocked the prompt (${feedback.blockReason})${why}.`, {
    status: 200,
  })
}
