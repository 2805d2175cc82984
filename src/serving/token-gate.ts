import type { IncomingMessage } from 'node:http'
import { GatewayError } from './gateway/gateway-error.ts'
import { cookieIn } from './http/cookies.ts'
import { isLoopback } from './loopback-address.ts'

/** The tokens that are valid now. */
export interface TokenGate {
  exist(): boolean
  /** The name of a token that holds, whose use is noted; undefined for what is none. */
  nameOf(token: string): string | undefined
}

/** What a browser has after its person gave it a token. */
export const tokenCookie = 'incumbent_token'

/**
 * Lets a request in that carries a valid token. Where only this machine can ask and there is no token yet, it lets in
 * whoever asks the machine by its own name: a page of the internet that gives its name our address is turned away by that.
 * @returns the name of the token; undefined where none is needed
 * @throws GatewayError 401 or 403
 */
export function admit(request: IncomingMessage, tokens: TokenGate, isLocalOnly: boolean): string | undefined {
  if (!isLocalOnly || tokens.exist()) return admitWithToken(request, tokens)
  admitByHost(request)
  return undefined
}

function admitByHost({ headers }: IncomingMessage): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  if (isLoopback(host)) return
  throw new GatewayError({
    status: 403,
    message: `Expected a request to this machine by the name localhost or 127.0.0.1, got one to "${host}". For other names make a token: npx incumbent token create <name>`,
    type: 'authentication_error',
    code: 'host_not_allowed',
  })
}

function admitWithToken(request: IncomingMessage, tokens: TokenGate): string {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  const token = bearer ?? cookieIn(request, tokenCookie)
  const name = token === undefined ? undefined : tokens.nameOf(token)
  if (name !== undefined) return name
  throw new GatewayError({
    status: 401,
    message:
      token === undefined
        ? 'Expected an API token of this service (Authorization: Bearer …), got none.'
        : 'Expected a valid API token of this service, got one that it does not know or that was revoked.',
    type: 'authentication_error',
    code: 'invalid_api_key',
  })
}
