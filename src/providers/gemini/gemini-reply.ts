import * as z from 'zod'
import { type FinishReason, type Generated, ProviderError, type Usage } from '../provider.ts'
import { addressOf, type Endpoint } from '../provider-errors/endpoint.ts'
import { safeText } from '../provider-errors/safe-text.ts'
import { foreignReply } from '../provider-errors/unusable-reply.ts'

const text = z.string().optional().catch(undefined)
const count = z.int().nonnegative().optional().catch(undefined)

/** Only what is read. A part that is not as documented counts as absent, never as a reason to lose the answer. */
const replySchema = z.object({
  candidates: z
    .array(
      z.object({
        finishReason: text,
        content: z
          .object({
            parts: z
              .array(z.object({ text, thought: z.boolean().optional().catch(undefined) }))
              .optional()
              .catch(undefined),
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

type Reply = z.output<typeof replySchema>

/**
 * The answer in a reply: the text of the first candidate without its thoughts. A reply without a candidate is an empty
 * answer; the service leaves out what is empty.
 * @throws ProviderError of kind `blocked` when the prompt was refused
 */
export function readGeminiReply(endpoint: Endpoint, body: unknown, totalMs: number): Omit<Generated, 'warnings'> {
  const parsed = replySchema.safeParse(body)
  if (!parsed.success) throw foreignReply(endpoint, 'JSON of another shape')
  const { candidates, promptFeedback, usageMetadata, modelVersion } = parsed.data
  const candidate = candidates?.[0]
  if (candidate === undefined && promptFeedback?.blockReason !== undefined)
    throw blockedPrompt(endpoint, promptFeedback)
  const parts = candidate?.content?.parts ?? []
  return {
    text: parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join(''),
    finishReason: finishReasonOf(candidate?.finishReason),
    usage: usageOf(usageMetadata),
    timing: { totalMs, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined },
    modelVersion,
  }
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

function finishReasonOf(raw: string | undefined): FinishReason {
  if (raw === 'STOP') return { unified: 'stop', raw }
  if (raw === 'MAX_TOKENS') return { unified: 'length', raw }
  return { unified: raw !== undefined && blockedWords.has(raw) ? 'blocked' : 'other', raw }
}

/** Thoughts are billed as output and counted beside the candidates; the prompt's count includes what was cached. */
function usageOf(metadata: Reply['usageMetadata']): Usage {
  const answered = metadata?.candidatesTokenCount
  const thought = metadata?.thoughtsTokenCount
  return {
    inputTokens: metadata?.promptTokenCount,
    outputTokens: answered === undefined && thought === undefined ? undefined : (answered ?? 0) + (thought ?? 0),
    reasoningTokens: thought,
    cachedInputTokens: metadata?.cachedContentTokenCount,
  }
}

function blockedPrompt(endpoint: Endpoint, feedback: NonNullable<Reply['promptFeedback']>): ProviderError {
  const why =
    feedback.blockReasonMessage === undefined ? '' : `: ${safeText(feedback.blockReasonMessage, endpoint.secrets)}`
  return new ProviderError('blocked', `${addressOf(endpoint)} blocked the prompt (${feedback.blockReason})${why}.`, {
    status: 200,
  })
}
