import type { Clock } from '../../shared/clock.ts'
import type { ProviderError } from '../provider.ts'
import { createAdaptiveConcurrency } from './adaptive-concurrency.ts'
import { createRateWindow, type Use } from './rate-window.ts'

export interface GateLimits {
  concurrency: number
  requestsPerMinute: number | undefined
  tokensPerMinute: number | undefined
}

/** Lets calls through in their order, as the limits allow. */
export interface Gate {
  /** Resolves when the call may be made; rejects when the doorkeeper refuses it, which uses nothing of the limits. */
  enter(tokens: number, signal: AbortSignal, doorkeeper: Doorkeeper): Promise<Pass>
  /** No call is let through before that time. */
  pauseUntil(timeMs: number): void
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

interface Waiting {
  tokens: number
  doorkeeper: Doorkeeper
  resolve: (pass: Pass) => void
  reject: (reason: unknown) => void
}

export function createGate(limits: GateLimits, clock: Clock): Gate {
  const { requestsPerMinute, tokensPerMinute } = limits
  const requests = requestsPerMinute === undefined ? undefined : createRateWindow(requestsPerMinute)
  const tokenWindow = tokensPerMinute === undefined ? undefined : createRateWindow(tokensPerMinute)
  const concurrency = createAdaptiveConcurrency(limits.concurrency)
  const waiting = new Set<Waiting>()
  const nowMs = () => clock.now().getTime()
  let underWay = 0
  let pausedUntilMs = 0
  let alarm: AbortController | undefined

  function pump(): void {
    alarm?.abort()
    alarm = undefined
    turnAway()
    for (const next of waiting) {
      if (underWay >= concurrency.limit()) return
      const now = nowMs()
      const waitMs = waitOf(next, now)
      if (waitMs > 0) {
        wakeIn(waitMs)
        return
      }
      waiting.delete(next)
      const refused = next.doorkeeper.admit()
      if (refused === undefined) next.resolve(letThrough(next, now))
      else next.reject(refused)
    }
  }

  /** Whoever is first and would be refused at the end need not wait for it. */
  function turnAway(): void {
    for (const call of waiting) {
      const refused = call.doorkeeper.refusal()
      if (refused === undefined) return
      waiting.delete(call)
      call.reject(refused)
    }
  }

  function waitOf({ tokens }: Waiting, now: number): number {
    const forRate = Math.max(requests?.waitMs(1, now) ?? 0, tokenWindow?.waitMs(tokens, now) ?? 0)
    return Math.max(forRate, pausedUntilMs - now)
  }

  function wakeIn(waitMs: number): void {
    const controller = new AbortController()
    alarm = controller
    // An alarm that was called off rejects; whoever called it off has set another where one is needed.
    clock.sleep(waitMs, controller.signal).then(pump, () => undefined)
  }

  function letThrough({ tokens }: Waiting, startedMs: number): Pass {
    underWay += 1
    requests?.use(1, startedMs)
    const use = tokenWindow?.use(tokens, startedMs)
    return {
      answered(counted) {
        correct(use, counted)
        concurrency.answered(nowMs())
      },
      rateLimited: (retryAfterMs) => concurrency.rateLimited(startedMs, nowMs(), retryAfterMs),
      overloaded: () => concurrency.overloaded(nowMs()),
      leave() {
        underWay -= 1
        if (waiting.size > 0) pump()
      },
    }
  }

  return {
    enter(tokens, signal, doorkeeper) {
      return new Promise<Pass>((resolve, reject) => {
        const call: Waiting = { tokens, doorkeeper, resolve: finish(resolve), reject: finish(reject) }
        const abort = () => {
          waiting.delete(call)
          call.reject(signal.reason)
          if (waiting.size === 0) alarm?.abort()
        }
        function finish<T>(then: (value: T) => void): (value: T) => void {
          return (value) => {
            signal.removeEventListener('abort', abort)
            then(value)
          }
        }
        signal.addEventListener('abort', abort, { once: true })
        waiting.add(call)
        pump()
      })
    },
    pauseUntil(timeMs) {
      pausedUntilMs = Math.max(pausedUntilMs, timeMs)
    },
  }
}

function correct(use: Use | undefined, counted: number | undefined): void {
  if (use !== undefined && counted !== undefined) use.amount = counted
}
