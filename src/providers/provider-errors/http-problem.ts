import { ProviderError, type ProviderErrorKind } from '../provider.ts'
import { addressOf, type Endpoint } from './endpoint.ts'
import { safeText } from './safe-text.ts'

/** What a reply with an error says, whatever the protocol. */
export interface HttpProblem {
  status: number
  /** The server's own words; undefined when it said nothing that can be read. */
  message: string | undefined
  /** The server's own name of the problem, such as `insufficient_quota` or `API_KEY_INVALID`. */
  code: string | undefined
  /** Whether the reply is an error of the protocol, and not of something in between or beside it. */
  isOfProtocol: boolean
  /** Whether the quota that was hit is named as one of the day. The name alone is no proof that the day is over. */
  namesDailyQuota: boolean
  retryAfterMs: number | undefined
}

/** The one place where a status becomes a kind, and where it is decided whether another attempt can succeed. */
export function httpProblemError(endpoint: Endpoint, problem: HttpProblem): ProviderError {
  const [kind, isRetryable] = kindOf(problem)
  const { status, retryAfterMs } = problem
  return new ProviderError(kind, messageOf(endpoint, problem, kind), { isRetryable, retryAfterMs, status })
}

const wrongKeyCodes = new Set(['API_KEY_INVALID', 'invalid_api_key', 'API_KEY_SERVICE_BLOCKED', 'SERVICE_DISABLED'])

function kindOf({ status, code, message, isOfProtocol, namesDailyQuota }: HttpProblem): [ProviderErrorKind, boolean] {
  if (code !== undefined && wrongKeyCodes.has(code)) return ['auth', false]
  if (status === 429 && code === 'insufficient_quota') return ['quota-exhausted', false]
  if (status === 429) return [namesDailyQuota ? 'quota-exhausted' : 'rate-limited', true]
  if (status === 402) return ['quota-exhausted', false]
  if (status === 401 || status === 403 || isClosedToAccount(status, message)) return ['auth', false]
  if (isElsewhere({ status, isOfProtocol })) return ['unreachable', false]
  if (status === 404) return ['model-not-found', false]
  if (status === 408 || (status >= 500 && status !== 501)) return ['overloaded', true]
  return ['invalid-request', false]
}

/** Something else answers there, so that the reply says nothing about any model. */
function isElsewhere({ status, isOfProtocol }: Pick<HttpProblem, 'status' | 'isOfProtocol'>): boolean {
  return status < 400 || (status === 404 && !isOfProtocol)
}

/** Gemini refuses a region and an account without billing with a bare 400; its client hides the code that tells. */
function isClosedToAccount(status: number, message: string | undefined): boolean {
  return status === 400 && /location is not supported|enable billing/i.test(message ?? '')
}

function messageOf(endpoint: Endpoint, problem: HttpProblem, kind: ProviderErrorKind): string {
  const said = problem.message === undefined ? '' : safeText(problem.message, endpoint.secrets)
  const start = `${addressOf(endpoint)} answered ${problem.status}`
  const words = said === '' ? `${start}.` : `${start}: ${/[.!?…]$/.test(said) ? said : `${said}.`}`
  if (kind === 'auth') return `${words} Check its API key and what the key may use.`
  return isElsewhere(problem) ? `${words} Is the base URL right?` : words
}
