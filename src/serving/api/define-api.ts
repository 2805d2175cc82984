import * as z from 'zod'
import type { Exchange } from '../http/exchange.ts'
import { sendJson } from '../http/send.ts'
import type { AnswerContent, ApiRoute } from './api-route.ts'
import { type ApiRequest, readApiRequest } from './read-api-request.ts'

const noFields = z.object({})
const noBody = z.undefined()
/** Forms of other sites cannot send JSON: a POST that takes nothing takes `{}`. */
const emptyBody = z.strictObject({})
type NoFields = typeof noFields
type NoBody = typeof noBody

interface Asked<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  method: ApiRoute['method']
  /** `/api/tiers/{tier}` */
  path: string
  /** One line, as a heading. */
  summary: string
  /** What the summary leaves open; sentences. */
  description?: string
  /** Of the path; each name in braces has its schema here. */
  params?: P
  /** An empty parameter counts as absent, as forms send them; an unknown one is refused. */
  query?: Q
  /** Of POST; JSON. */
  body?: B
}

interface Answering<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>
  extends Asked<P, Q, B> {
  response: R
  handle(request: ApiRequest<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.output<R>> | z.output<R>
}

interface Streaming<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends Asked<P, Q, B> {
  content: AnswerContent
  /** Writes the whole answer, headers included. */
  stream(request: ApiRequest<z.output<P>, z.output<Q>, z.output<B>>): Promise<void>
}

/**
 * A route that answers with JSON. What is asked is checked before `handle` runs: whoever asks wrongly is told what was
 * expected and what came. A `UserError` of `handle` becomes a 400 with its message,
 * `NotThere` and `notFound` a 404.
 */
export function defineApi<
  R extends z.ZodType,
  P extends z.ZodObject = NoFields,
  Q extends z.ZodObject = NoFields,
  B extends z.ZodType = NoBody,
>(definition: Answering<P, Q, B, R>): ApiRoute {
  return apiRoute(definition, { 'application/json': definition.response }, async (request) =>
    sendJson(request.exchange.response, 200, await definition.handle(request)),
  )
}

/** A route whose answer is no JSON document: events, or rows of an export. */
export function defineStream<
  P extends z.ZodObject = NoFields,
  Q extends z.ZodObject = NoFields,
  B extends z.ZodType = NoBody,
>(definition: Streaming<P, Q, B>): ApiRoute {
  return apiRoute(definition, definition.content, (request) => definition.stream(request))
}

function apiRoute<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  definition: Asked<P, Q, B>,
  answer: AnswerContent,
  handle: (request: ApiRequest<z.output<P>, z.output<Q>, z.output<B>>) => Promise<void>,
): ApiRoute {
  const { method, path, summary, description } = definition
  const params = definition.params ?? noFields
  const query = (definition.query ?? noFields).strict()
  const body = definition.body ?? (method === 'POST' ? emptyBody : undefined)
  assertSameNames(path, Object.keys(params.shape))
  return {
    method,
    path,
    summary,
    description,
    params,
    query,
    body,
    answer,
    async handle(exchange: Exchange) {
      const request = await readApiRequest(exchange, { params, query, body })
      await handle(request as ApiRequest<z.output<P>, z.output<Q>, z.output<B>>)
    },
  }
}

function assertSameNames(path: string, names: readonly string[]): void {
  const inPath = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => name)
  if (String(inPath) !== String(names)) throw new Error(`${path} has other parameters than ${String(names)}.`)
}
