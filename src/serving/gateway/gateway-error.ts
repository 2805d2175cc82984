/** A request that is refused, in the words and codes of OpenAI's protocol. */
export interface Refusal {
  status: number
  message: string
  type: 'invalid_request_error' | 'authentication_error' | 'rate_limit_error' | 'server_error'
  /** The parameter that is to blame. */
  param?: string
  code?: string
  retryAfterMs?: number | undefined
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
