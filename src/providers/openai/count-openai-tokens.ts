import * as z from 'zod'
import type { Clock } from '../../shared/clock.ts'
import type { JsonObject } from '../../shared/json.ts'
import { createCachedPerKey } from '../cached-per-key.ts'
import { createHttpClient, type HttpReply } from '../http-client.ts'
import { jsonIn } from '../json-in.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { httpProblemError } from '../provider-errors/http-problem.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import type { Prompt } from '../tokens/prompt.ts'
import { withinDeadline } from '../within-deadline.ts'
import { messageBody, toolBody, withoutThinking } from './chat-body.ts'

/** How a server counts: vLLM counts a conversation, llama.cpp a text that it makes of one; others do not count. */
type Dialect = 'conversation' | 'text' | 'none'

const countSchema = z.object({ count: z.int().nonnegative() })
const tokensSchema = z.object({ tokens: z.array(z.unknown()) })
const promptSchema = z.object({ prompt: z.string() })

const timeoutMs = 2_000
/** A server may be replaced while a service runs. */
const dialectMaxAgeMs = 60 * 60_000

/**
 * Counts with the tokenizer of the server, which has it beside the API: `/tokenize` without the version of the base URL.
 * What it does is found out with a word of ours, so that no prompt goes where it is not understood.
 * @returns undefined for servers that do not count
 */
export function createOpenAiTokenCount(
  endpoint: Endpoint,
  headers: Readonly<Record<string, string>>,
  clock: Clock,
): (prompt: Prompt) => Promise<number | undefined> {
  const root = { ...endpoint, baseUrl: endpoint.baseUrl.replace(/\/v\d+\/*$/, '') }
  const http = createHttpClient(root, headers, clock)

  /** @throws ProviderError when the server cannot answer just now: that says nothing about what it can do */
  async function post(path: string, body: JsonObject, signal: AbortSignal): Promise<HttpReply> {
    const reply = await http.send({ method: 'POST', path, body: JSON.stringify(body), signal })
    if (reply.status === 429 || (reply.status >= 500 && reply.status !== 501)) {
      throw httpProblemError(root, replyProblem(reply))
    }
    return reply
  }

  async function conversationCount(body: JsonObject, signal: AbortSignal): Promise<number | undefined> {
    return partOf(await post('/tokenize', { ...body, add_generation_prompt: true }, signal), countSchema)?.count
  }

  async function textCount(body: JsonObject, signal: AbortSignal): Promise<number | undefined> {
    const written = partOf(await post('/apply-template', body, signal), promptSchema)
    if (written === undefined) return undefined
    const text = { content: written.prompt, add_special: true, parse_special: true }
    return partOf(await post('/tokenize', text, signal), tokensSchema)?.tokens.length
  }

  const dialects = createCachedPerKey<Dialect>(
    async (modelId, signal) => {
      const word = bodyOf({ modelId, messages: [{ role: 'user', content: 'Hello' }] })
      if ((await conversationCount(word, signal)) !== undefined) return 'conversation'
      return (await textCount(word, signal)) === undefined ? 'none' : 'text'
    },
    { clock, maxAgeMs: dialectMaxAgeMs },
  )

  return (prompt) =>
    withinDeadline(endpoint, { signal: prompt.signal, timeoutMs }, async (signal) => {
      const dialect = await dialects.get(prompt.modelId, signal)
      if (dialect === 'none') return undefined
      const body = bodyOf(prompt)
      return dialect === 'conversation' ? conversationCount(body, signal) : textCount(body, signal)
    })
}

/** As in the question itself, so that the same template makes the same prompt of it. */
function bodyOf({ modelId, messages, tools = [] }: Omit<Prompt, 'signal'>): JsonObject {
  return {
    model: modelId,
    messages: messages.map(messageBody),
    ...(tools.length === 0 ? {} : { tools: tools.map(toolBody) }),
    ...withoutThinking,
  }
}

function partOf<Part>(reply: HttpReply, schema: z.ZodType<Part>): Part | undefined {
  return reply.status === 200 ? schema.safeParse(jsonIn(reply.text)).data : undefined
}
