import * as z from 'zod'
import type { HttpReply } from '../http-client.ts'
import { jsonIn } from '../json-in.ts'
import type { HttpProblem } from './http-problem.ts'
import { retryAfterMs } from './retry-after.ts'

const text = z.string().optional().catch(undefined)
const code = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined)

/** Of Gemini: the entry with a reason says more than the code, which repeats the status. */
const details = z.array(z.object({ reason: text }).catch({ reason: undefined })).catch([])

const fields = z.object({ message: text, code, type: text, details })

/** `{ error: { message } }` of OpenAI and Gemini, `{ error: "…" }` of Ollama, `{ object: "error" }` of older vLLM. */
const errorBody = z.union([
  z.object({ error: z.string() }).transform(({ error }) => ({ message: error, code: undefined })),
  z.object({ error: fields }).transform(({ error }) => ({ message: error.message, code: codeOf(error) })),
  fields.extend({ object: z.literal('error') }).transform((error) => ({ message: error.message, code: codeOf(error) })),
])

function codeOf(error: z.output<typeof fields>): string | undefined {
  return error.details.find(({ reason }) => reason !== undefined)?.reason ?? error.code ?? error.type
}

/** Reads an error out of the reply of any of the protocols. */
export function replyProblem(reply: HttpReply): HttpProblem {
  const body = errorBody.safeParse(jsonIn(reply.text))
  return {
    status: reply.status,
    message: body.success ? body.data.message : plainWords(reply.text),
    code: body.success ? body.data.code : undefined,
    isOfProtocol: body.success,
    namesDailyQuota: false,
    retryAfterMs: retryAfterMs(reply.headers, reply.receivedAt),
  }
}

/** Of an HTML page its title; anything else as it is. */
function plainWords(body: string): string | undefined {
  if (!body.trimStart().startsWith('<')) return body.trim() === '' ? undefined : body
  const title = /<title>([^<]*)<\/title>/i.exec(body.slice(0, 4096))?.[1]?.trim()
  return title === undefined || title === '' ? 'an HTML page' : `an HTML page, "${title}"`
}
