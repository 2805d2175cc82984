import { ProviderError } from '../provider.ts'
import { addressOf, type Endpoint } from './endpoint.ts'

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed before the reply was complete',
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'the name could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
}

/** The connection failed before a whole reply had come; wrong certificates are the only cause that cannot pass. */
export function networkFailure(endpoint: Endpoint, error: unknown): ProviderError {
  const code = codeOf(error)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new ProviderError('timeout', `${addressOf(endpoint)} began no answer in time.`, { cause: error })
  }
  const reason = code === undefined ? 'the connection failed' : (words[code] ?? code)
  return new ProviderError('unreachable', `No answer from ${addressOf(endpoint)}: ${reason}.`, {
    isRetryable: code === undefined || !isCertificateProblem(code),
    cause: error,
  })
}

/** The system's code, on the error itself or on one of its causes. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause, depth + 1)
}

function isCertificateProblem(code: string): boolean {
  return /CERT|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
}
