import type * as z from 'zod'
import { checkAgainst, type Problem, pathText } from '../../shared/schema-problems.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-json.ts'

/** A request that was checked. */
export interface ApiRequest<P, Q, B> {
  params: P
  query: Q
  body: B
  exchange: Exchange
}

interface Schemas {
  params: z.ZodType
  query: z.ZodType
  body: z.ZodType | undefined
}

const mostBodyBytes = 1024 * 1024

/** @throws GatewayError 400 that names each parameter that is wrong, what was expected and what came */
export async function readApiRequest(
  exchange: Exchange,
  { params, query, body }: Schemas,
): Promise<ApiRequest<unknown, unknown, unknown>> {
  const { request } = exchange
  return {
    params: checked(params, exchange.params, 'the path'),
    query: checked(query, queryOf(request.url ?? '/'), 'the query'),
    body: body === undefined ? undefined : checked(body, await readJson(request, mostBodyBytes), 'the body'),
    exchange,
  }
}

function checked(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = checkAgainst(schema, value)
  if (result.status === 'valid') return result.value
  throw refusal(result.problems, where)
}

function refusal(problems: readonly Problem[], where: string): GatewayError {
  const [first] = problems
  const message = problems.slice(0, 5).map(({ path, message: words }) => `${placeOf(path, where)}: ${words}.`)
  return new GatewayError({
    status: 400,
    message: message.join('\n'),
    type: 'invalid_request_error',
    code: 'invalid_value',
    ...(first === undefined || first.path.length === 0 ? {} : { param: pathText(first.path) }),
  })
}

function placeOf(path: readonly PropertyKey[], where: string): string {
  return path.length === 0 ? where : `${pathText(path)} in ${where}`
}

/** A parameter that comes more than once is a list; an empty one is none: forms send every field. */
export function queryOf(url: string): Record<string, string | string[]> {
  const start = url.indexOf('?')
  const search = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
  const names = [...new Set(search.keys())]
  const entries = names.flatMap((name): [string, string | string[]][] => {
    const [first, ...others] = search.getAll(name).filter((value) => value !== '')
    return first === undefined ? [] : [[name, others.length === 0 ? first : [first, ...others]]]
  })
  return Object.fromEntries(entries)
}
