/** A request that is refused, in the words and codes of OpenAI's protocol. */
export type Refusal = RefusalKind & {
  message: string
  /** The parameter that is to blame. */
  param?: string
}

/** Whoever is told to come again is told when. */
export type RefusalKind = (
  | { status: 429 | 503; retryAfterMs: number }
  | { status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 499 | 500 | 502 | 504; retryAfterMs?: number }
) & {
  type: 'invalid_request_error' | 'authentication_error' | 'rate_limit_error' | 'server_error'
  code?: string
}

/** The message says what was expected and what came; it reaches the application. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly refusal: Refusal

  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.message, cause === undefined ? {} : { cause })
    this.refusal = refusal
  }
}
