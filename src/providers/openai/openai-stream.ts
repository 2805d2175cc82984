import * as z from 'zod'
import type { StreamPiece } from '../chat-settings.ts'
import type { HttpReply } from '../http-client.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { brokenReply, parsedReply } from '../provider-errors/unusable-reply.ts'
import type { AnswerCollector } from '../streaming/answer-collector.ts'
import type { StreamReader } from '../streaming/read-stream.ts'
import { finishReasonOf, noAnswer, refusalOf, usageOf, usageSchema } from './openai-reply.ts'

const text = z.string().nullish().catch(undefined)

const callSchema = z.object({
  index: z.int().nonnegative().optional().catch(undefined),
  id: text,
  function: z.object({ name: text, arguments: text }).nullish().catch(undefined),
})

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: text,
        delta: z
          .object({
            content: text,
            refusal: text,
            reasoning: text,
            /** The older name of the same. */
            reasoning_content: text,
            tool_calls: z.array(callSchema).nullish().catch(undefined),
          })
          .nullish()
          .catch(undefined),
      }),
    )
    .optional(),
  usage: usageSchema,
  /** Of services that send one beside an empty choice. */
  error: z.unknown().optional(),
  model: text,
})

type Chunk = z.output<typeof chunkSchema>
type Delta = NonNullable<NonNullable<Chunk['choices']>[number]['delta']>

/**
 * Reads the chunks of a chat completion; the last of them carries the counts, after the one with the reason of the end.
 * @param head the head of the reply, for errors in the middle of it
 */
export function createOpenAiStreamReader(
  endpoint: Endpoint,
  head: Omit<HttpReply, 'text'>,
  collector: AnswerCollector,
): StreamReader {
  const callIndexes = createCallIndexes()
  let finished: string | undefined
  let isRefusal = false
  let refusal = ''
  let usage: Chunk['usage']
  let model: string | undefined
  let isDone = false

  function piecesOf(delta: Delta): StreamPiece[] {
    collector.thought(delta.reasoning ?? delta.reasoning_content ?? '')
    isRefusal ||= typeof delta.refusal === 'string'
    refusal += delta.refusal ?? ''
    const pieces = collector.text(delta.content ?? '')
    for (const { index, id, function: called } of delta.tool_calls ?? []) {
      const place = callIndexes.of(index, id ?? undefined)
      const first = place.isNew ? { id: id ?? `call_${place.index}`, name: called?.name ?? '' } : {}
      const piece = { kind: 'tool-call', index: place.index, ...first, arguments: called?.arguments ?? '' } as const
      pieces.push(...collector.toolCall(piece))
    }
    return pieces
  }

  return {
    read(event) {
      if (event === '[DONE]') {
        isDone = true
        return []
      }
      const body = parsedReply(endpoint, event)
      const parsed = chunkSchema.safeParse(body)
      if (!parsed.success || !isChunk(parsed.data)) throw noAnswer(endpoint, { ...head, text: event }, body)
      const chunk = parsed.data
      usage = chunk.usage ?? usage
      model ??= chunk.model ?? undefined
      const choice = chunk.choices?.[0]
      finished = choice?.finish_reason ?? finished
      return choice?.delta ? piecesOf(choice.delta) : []
    },
    rest() {
      // A body that ends without either was cut off, though the connection closed as it should.
      if (finished === undefined && !isDone) throw brokenReply(endpoint)
      return collector.rest()
    },
    whole() {
      const collected = collector.collected()
      const hasCalls = collected.toolCalls !== undefined
      return {
        ...collected,
        ...refusalOf(refusal),
        finishReason: finishReasonOf(finished, { isRefusal, hasCalls }),
        usage: usageOf(usage),
        modelVersion: model,
      }
    },
  }
}

function isChunk({ choices, usage, error }: Chunk): boolean {
  return (error ?? undefined) === undefined && (choices !== undefined || (usage ?? undefined) !== undefined)
}

/** Servers number the calls of an answer, or give each its id, or both. */
function createCallIndexes() {
  const keys: (number | string | undefined)[] = []
  return {
    of(index: number | undefined, id: string | undefined): { index: number; isNew: boolean } {
      const key = index ?? id ?? keys.at(-1)
      const known = keys.indexOf(key)
      if (known !== -1 && key !== undefined) return { index: known, isNew: false }
      keys.push(key)
      return { index: keys.length - 1, isNew: true }
    },
  }
}
