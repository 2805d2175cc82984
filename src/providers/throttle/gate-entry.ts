import type { ProviderError } from '../provider.ts'

/** A call that asks to be let through a gate. */
export interface Entry {
  tokens: number
  signal: AbortSignal
  doorkeeper: Doorkeeper
  live?: LiveEntry | undefined
}

/** A call that somebody waits for. */
export interface LiveEntry {
  /** Whether it takes one of the slots (`concurrency`). */
  takesSlot: boolean
  /** The longest wait; a call that would wait longer for a rate is refused at once. */
  maxWaitMs: number
  /** @param waitMs how long it would be, where that is known */
  tooLong: (waitMs: number | undefined) => ProviderError
}

/** Knows of a call that it would be in vain. */
export interface Doorkeeper {
  /** Asked of calls that wait. */
  refusal(): ProviderError | undefined
  /** Asked last, when the limits allow the call. */
  admit(): ProviderError | undefined
}

/** One call under way. */
export interface Pass {
  answered(tokens: number | undefined): void
  rateLimited(retryAfterMs: number | undefined): void
  overloaded(): void
  leave(): void
}
