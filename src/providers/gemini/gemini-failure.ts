import { GoogleGenerativeAIFetchError } from '@google/generative-ai'
import * as z from 'zod'
import type { HttpReply } from '../http-client.ts'
import { jsonIn } from '../json-in.ts'
import { ProviderError } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { type HttpProblem, httpProblemError } from '../provider-errors/http-problem.ts'
import { networkFailure } from '../provider-errors/network-failure.ts'
import { replyProblem } from '../provider-errors/reply-problem.ts'
import { brokenReply, foreignReply } from '../provider-errors/unusable-reply.ts'

/** What the client throws, as ours. */
export function geminiFailure(endpoint: Endpoint, error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof GoogleGenerativeAIFetchError && error.status !== undefined) {
    return httpProblemError(endpoint, problemOf(error, error.status))
  }
  if (error instanceof SyntaxError && error.message.includes("'<'")) return foreignReply(endpoint, 'an HTML page')
  // Cut JSON is a SyntaxError, a connection that dies in the middle of a reply a TypeError.
  if (error instanceof SyntaxError || error instanceof TypeError) return brokenReply(endpoint)
  return networkFailure(endpoint, error)
}

const text = z.string().optional().catch(undefined)

/** `google.rpc.ErrorInfo`, `QuotaFailure` and `RetryInfo`: each entry has the fields of its type. */
const detailsSchema = z
  .array(
    z
      .object({
        reason: text,
        retryDelay: text,
        violations: z
          .array(z.object({ quotaId: text }).catch({ quotaId: undefined }))
          .optional()
          .catch(undefined),
      })
      .catch({ reason: undefined, retryDelay: undefined, violations: undefined }),
  )
  .catch([])

const errorSchema = z.object({
  error: z.object({ details: detailsSchema, code: z.int().min(400).max(599).catch(502) }),
})

/** A reply that is no answer, read without the client: of a stream, or in the middle of one, where its status is 200. */
export function geminiReplyFailure(endpoint: Endpoint, reply: HttpReply): ProviderError {
  const parsed = errorSchema.safeParse(jsonIn(reply.text))
  const status = reply.status === 200 && parsed.success ? parsed.data.error.code : reply.status
  const problem = replyProblem({ ...reply, status })
  const { namesDailyQuota, retryAfterMs = problem.retryAfterMs } = toldIn(
    parsed.success ? parsed.data.error.details : [],
  )
  return httpProblemError(endpoint, { ...problem, namesDailyQuota, retryAfterMs })
}

export function isGeminiError(body: unknown): boolean {
  return errorSchema.safeParse(body).success
}

function problemOf(error: GoogleGenerativeAIFetchError, status: number): HttpProblem {
  const details = detailsSchema.parse(error.errorDetails ?? [])
  const message = serverWords(error.message)
  return {
    status,
    message,
    code: details.find(({ reason }) => reason !== undefined)?.reason,
    // Of an error that is not JSON the client shows no words.
    isOfProtocol: message !== undefined,
    ...toldIn(details),
  }
}

function toldIn(details: z.output<typeof detailsSchema>): Pick<HttpProblem, 'namesDailyQuota' | 'retryAfterMs'> {
  const quotas = details.flatMap(({ violations }) => violations ?? [])
  return {
    namesDailyQuota: quotas.some(({ quotaId }) => quotaId?.includes('PerDay') === true),
    retryAfterMs: details.map(({ retryDelay }) => delayMs(retryDelay)).find((delay) => delay !== undefined),
  }
}

/** The client writes `Error fetching from <url>: [<status> <text>] <words> <details as JSON>`. */
function serverWords(message: string): string | undefined {
  const said = /\[\d{3}[^\]]*\] ([\s\S]*)$/.exec(message)?.[1] ?? ''
  const words = said.replace(/ \[\{[\s\S]*$/, '').trim()
  return words === '' ? undefined : words
}

/** "36s" or "0.5s" in milliseconds. */
function delayMs(delay: string | undefined): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}
