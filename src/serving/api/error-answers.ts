import type { JsonObject } from '../../shared/json.ts'
import type { ApiDescription } from './api-route.ts'

/** What a route may answer but 200, each with an example of its error. */
const errors = {
  400: {
    name: 'WrongRequest',
    description: 'A parameter or the body is wrong, or what is asked is not possible. Nothing was done.',
    example: {
      message: 'limit in the query: expected a number, got "many".',
      type: 'invalid_request_error',
      param: 'limit',
      code: 'invalid_value',
    },
  },
  401: {
    name: 'TokenNeeded',
    description: 'A token is needed, or the one that came is none.',
    example: {
      message: 'Expected an API token of this service (Authorization: Bearer …), got none.',
      type: 'authentication_error',
      param: null,
      code: 'invalid_api_key',
    },
  },
  404: {
    name: 'NotThere',
    description: 'There is none of this name.',
    example: {
      message: 'There is no model "sim-pr"; did you mean "sim-pro"?',
      type: 'invalid_request_error',
      param: null,
      code: 'not_found',
    },
  },
  409: {
    name: 'NotPossibleNow',
    description: 'It cannot be done as things stand; the message says why. Nothing was done.',
    example: {
      message: 'Tier 1 has no rollout that could be paused.',
      type: 'invalid_request_error',
      param: null,
      code: 'not_possible_now',
    },
  },
  413: {
    name: 'TooLong',
    description: 'The body is too long.',
    example: {
      message: 'Expected a body of at most 1048576 bytes, got more.',
      type: 'invalid_request_error',
      param: null,
      code: 'body_too_long',
    },
  },
  415: {
    name: 'NoJson',
    description: 'The body does not say that it is JSON.',
    example: {
      message: 'Expected the content type application/json, got text/plain.',
      type: 'invalid_request_error',
      param: null,
      code: 'wrong_content_type',
    },
  },
  429: {
    name: 'AtLimit',
    description: 'Every model that could answer is at its limit.',
    example: {
      message: 'Gemini answered 429: the limit of requests a minute is reached.',
      type: 'rate_limit_error',
      param: null,
      code: 'rate_limit_exceeded',
    },
  },
  500: {
    name: 'Defect',
    description: 'Something failed in the service; its log says more under the request id.',
    example: {
      message: 'Something failed in the service; its log says more under the request id req_1.',
      type: 'server_error',
      param: null,
      code: 'internal_error',
    },
  },
  502: {
    name: 'ModelFailed',
    description: 'The server of the model cannot be reached, or refuses.',
    example: {
      message: 'Ollama cannot be reached.',
      type: 'server_error',
      param: null,
      code: 'upstream_unreachable',
    },
  },
  503: {
    name: 'NotNow',
    description: 'Not now: the database is away, the service is being stopped, or no model can be asked.',
    example: {
      message: 'The database cannot be used now; the service goes on when it can.',
      type: 'server_error',
      param: null,
      code: 'database_away',
    },
  },
  504: {
    name: 'TooLate',
    description: 'No whole answer in time.',
    example: {
      message: 'There was no whole answer within the time limit of a request.',
      type: 'server_error',
      param: null,
      code: 'timeout',
    },
  },
} as const
type ErrorStatus = keyof typeof errors

/** The errors of a route, by status, as references to `errorComponents`. */
export function errorAnswers(route: ApiDescription): JsonObject {
  return Object.fromEntries(
    statusesOf(route).map((status) => [String(status), { $ref: `#/components/responses/${errors[status].name}` }]),
  )
}

function statusesOf({ method, path, params, query, isOpen, otherAnswers = {} }: ApiDescription): ErrorStatus[] {
  const [hasParams, hasQuery] = [params, query].map(({ shape }) => Object.keys(shape).length > 0)
  const takesBody = method === 'POST'
  const isAnswered = path === '/v1/chat/completions'
  const may: Record<ErrorStatus, boolean | undefined> = {
    400: hasParams || hasQuery || takesBody,
    401: isOpen !== true,
    404: hasParams || isAnswered,
    409: takesBody && !isAnswered,
    413: takesBody,
    415: takesBody,
    429: isAnswered,
    500: true,
    502: isAnswered,
    503: true,
    504: isAnswered,
  }
  const statuses = Object.keys(errors).map((status) => Number(status) as ErrorStatus)
  return statuses.filter((status) => may[status] === true && !(status in otherAnswers))
}

/** For `components.responses`. */
export function errorComponents(): JsonObject {
  return Object.fromEntries([
    ...Object.entries(errors).map(([status, { name, description, example }]) => [
      name,
      { description, headers: headersOf(Number(status)), content: contentOf({ error: { ...example } }) },
    ]),
    ['Error', { description: 'Any other error.', headers: headersOf(0), content: contentOf(undefined) }],
  ])
}

function contentOf(example: JsonObject | undefined): JsonObject {
  const schema = { $ref: '#/components/schemas/Error' }
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } }
}

/** Of an answer of this status, as references to `headerComponents`. */
export function headersOf(status: number): JsonObject {
  const reference = (name: string) => ({ $ref: `#/components/headers/${name}` })
  return {
    'X-Request-Id': reference('RequestId'),
    ...(status === 429 || status === 503 ? { 'Retry-After': reference('RetryAfter') } : {}),
    ...(status === 401 ? { 'WWW-Authenticate': reference('Authenticate') } : {}),
  }
}

/** For `components.headers`. */
export const headerComponents: JsonObject = {
  RequestId: {
    description: 'Of the request, as the log names it: the caller’s own, where it sent a plain one.',
    schema: { type: 'string' },
  },
  RetryAfter: { description: 'After how many seconds to ask again.', schema: { type: 'integer', minimum: 1 } },
  Authenticate: { description: 'How to authenticate.', schema: { type: 'string', const: 'Bearer' } },
}
