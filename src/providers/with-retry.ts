import type { Clock } from '../shared/clock.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from './provider.ts'

/** What one call may cost in attempts and in waiting. */
export interface RetryBudget {
  /** Calls that reach the provider, the first included. */
  attempts: number
  /** Milliseconds of waiting between attempts, all waits together. */
  waitMs: number
}

export interface RetryOptions {
  clock: Clock
  /** Uniform in [0, 1). */
  random: () => number
  budget?: RetryBudget
}

const usualBudget: RetryBudget = { attempts: 6, waitMs: 120_000 }
const firstBackoffMs = 1_000
const longestBackoffMs = 30_000
/** A provider that asks for more is asked again sooner than it likes. */
const longestWaitMs = 60_000
/** Callers that were told the same time do not all come back at it. */
const spread = 0.1

/**
 * Repeats calls that failed for a reason that can pass: truncated exponential backoff with full jitter, or the time that
 * the provider asks for. An answer is never asked for again, however wrong, empty or cut it is: that would better a
 * model's score by its failures only.
 */
export function withRetry(provider: Provider, { clock, random, budget = usualBudget }: RetryOptions): Provider {
  return {
    ...provider,
    async generate(request) {
      const startedMs = clock.now().getTime()
      const spent: Spent = { attempts: 0, failures: 0, waitedMs: 0, quotaWaits: 0 }
      for (;;) {
        const attemptMs = clock.now().getTime()
        try {
          return counted(await provider.generate(request), spent, attemptMs - startedMs)
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error
          spent.attempts += error.attempts
          const waitMs = nextWaitMs(error, spent, budget, random)
          if (waitMs === undefined) throw givenUp(error, spent, clock.now().getTime() - startedMs)
          await pause(waitMs, request, clock)
        }
      }
    },
  }
}

interface Spent {
  attempts: number
  failures: number
  waitedMs: number
  quotaWaits: number
}

/** Milliseconds until the next attempt; undefined when there is to be none. Notes the wait as spent. */
function nextWaitMs(error: ProviderError, spent: Spent, budget: RetryBudget, random: () => number): number | undefined {
  if (!error.isRetryable || spent.attempts >= budget.attempts) return undefined
  // A quota of the day may be named by mistake: one wait, and then it is believed.
  if (error.kind === 'quota-exhausted' && spent.quotaWaits >= 1) return undefined
  const waitMs = waitFor(error, spent.failures, random)
  if (spent.waitedMs + waitMs > budget.waitMs) return undefined
  spent.waitedMs += waitMs
  spent.failures += 1
  if (error.kind === 'quota-exhausted') spent.quotaWaits += 1
  return waitMs
}

function waitFor({ retryAfterMs }: ProviderError, failures: number, random: () => number): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0)
    return Math.min(longestWaitMs, retryAfterMs * (1 + spread * random()))
  return random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures)
}

async function pause(waitMs: number, { signal }: GenerateRequest, clock: Clock): Promise<void> {
  try {
    await clock.sleep(waitMs, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

function counted(generated: Generated, spent: Spent, beforeMs: number): Generated {
  if (spent.failures === 0) return generated
  const { timing, attempts = 1 } = generated
  return {
    ...generated,
    attempts: spent.attempts + attempts,
    timing: { ...timing, queueMs: beforeMs + (timing.queueMs ?? 0) },
  }
}

function givenUp(error: ProviderError, spent: Spent, elapsedMs: number): ProviderError {
  error.attempts = spent.attempts
  error.waitedMs = elapsedMs
  return error
}
