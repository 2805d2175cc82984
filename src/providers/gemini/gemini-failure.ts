import { GoogleGenerativeAIFetchError } from '@google/generative-ai'
import * as z from 'zod'
import { ProviderError } from '../provider.ts'
import type { Endpoint } from '../provider-errors/endpoint.ts'
import { type HttpProblem, httpProblemError } from '../provider-errors/http-problem.ts'
import { networkFailure } from '../provider-errors/network-failure.ts'
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

function problemOf(error: GoogleGenerativeAIFetchError, status: number): HttpProblem {
  const details = detailsSchema.parse(error.errorDetails ?? [])
  const message = serverWords(error.message)
  const quotas = details.flatMap(({ violations }) => violations ?? [])
  return {
    status,
    message,
    code: details.find(({ reason }) => reason !== undefined)?.reason,
    // Of an error that is not JSON the client shows no words.
    isOfProtocol: message !== undefined,
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
