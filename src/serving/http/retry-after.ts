import type { ServerResponse } from 'node:http'

/** After how many milliseconds to ask again, where whoever refused did not say. */
export const askAgainMs = {
  /** Limits of providers count a minute; after a part of it most callers are let in. */
  rateLimit: 10_000,
  /** As often as the service itself tries a used-up quota. */
  quota: 600_000,
  /** A model's server has answered some of its requests by then. */
  overload: 5_000,
  /** A person has to act, and what they did is known everywhere within a minute. */
  person: 60_000,
  /** What a database needs to start again, or its follower to take over. */
  database: 10_000,
  /** Whoever stopped the service starts it again, as `deploy/incumbent.service` does, or another instance answers. */
  restart: 10_000,
} as const

/** In whole seconds, never earlier than it was meant, and at least one: after 0 everybody would ask at once. */
export function setRetryAfter(response: ServerResponse, retryAfterMs: number): void {
  response.setHeader('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1000)))
}
