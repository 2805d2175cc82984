import type { Clock } from '../../shared/clock.ts'
import type { ProviderError } from '../provider.ts'
import { createAdaptiveConcurrency } from './adaptive-concurrency.ts'
import type { Entry, Pass } from './gate-entry.ts'
import { createRateWindow, type Use } from './rate-window.ts'
import { createWaitingCalls, type Waiting } from './waiting-calls.ts'

export interface GateLimits {
  concurrency: number
  requestsPerMinute: number | undefined
  tokensPerMinute: number | undefined
}

/** Lets calls through in their order, as the limits allow, and those that somebody waits for before all others. */
export interface Gate {
  /** The call may be made when it has its pass; rejects when the doorkeeper refuses it, which uses nothing of the limits. */
  enter(entry: Entry): Pass | Promise<Pass>
  /** No call is let through before that time. */
  pauseUntil(timeMs: number): void
}

export function createGate(limits: GateLimits, clock: Clock): Gate {
  const { requestsPerMinute, tokensPerMinute } = limits
  const requests = requestsPerMinute === undefined ? undefined : createRateWindow(requestsPerMinute)
  const tokenWindow = tokensPerMinute === undefined ? undefined : createRateWindow(tokensPerMinute)
  const concurrency = createAdaptiveConcurrency(limits.concurrency)
  const waiting = createWaitingCalls(clock, pump)
  const nowMs = () => clock.now().getTime()
  let underWay = 0
  let pausedUntilMs = 0
  let alarm: AbortController | undefined

  function pump(): void {
    alarm?.abort()
    alarm = undefined
    turnAway(waiting.live)
    turnAway(waiting.others)
    if (letInAll(waiting.live)) letInAll(waiting.others)
  }

  /** @returns false when one of them has to wait, so that nobody behind it may go */
  function letInAll(queue: ReadonlySet<Waiting>): boolean {
    for (const next of queue) {
      if (isFull(next)) return false
      const now = nowMs()
      const waitMs = waitOf(next, now)
      if (waitMs > 0) {
        wakeIn(waitMs)
        return false
      }
      const refused = next.doorkeeper.admit()
      if (refused === undefined) next.letIn(letThrough(next, now))
      else next.turnAway(refused)
    }
    return true
  }

  /** Whoever is first and would be refused at the end need not wait for it. */
  function turnAway(queue: ReadonlySet<Waiting>): void {
    for (const call of queue) {
      const refused = call.doorkeeper.refusal() ?? waitTooLong(call)
      if (refused === undefined) return
      call.turnAway(refused)
    }
  }

  function waitTooLong(call: Entry): ProviderError | undefined {
    if (call.live === undefined) return undefined
    const waitMs = waitOf(call, nowMs())
    return waitMs > call.live.maxWaitMs ? call.live.tooLong(waitMs) : undefined
  }

  function isFull({ live }: Entry): boolean {
    return live?.takesSlot !== false && underWay >= concurrency.limit()
  }

  function waitOf({ tokens }: Entry, now: number): number {
    const forRate = Math.max(requests?.waitMs(1, now) ?? 0, tokenWindow?.waitMs(tokens, now) ?? 0)
    return Math.max(forRate, pausedUntilMs - now)
  }

  function wakeIn(waitMs: number): void {
    const controller = new AbortController()
    alarm = controller
    // An alarm that was called off rejects; whoever called it off has set another where one is needed.
    clock.sleep(waitMs, controller.signal).then(pump, () => undefined)
  }

  function letThrough({ tokens, live }: Entry, startedMs: number): Pass {
    const slots = live?.takesSlot === false ? 0 : 1
    underWay += slots
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
        underWay -= slots
        if (waiting.size() > 0) pump()
      },
    }
  }

  return {
    enter(entry) {
      const isFirst = waiting.live.size === 0 && (waiting.others.size === 0 || entry.live !== undefined)
      const now = nowMs()
      if (!isFirst || isFull(entry) || waitOf(entry, now) > 0) return waiting.join(entry)
      const refused = entry.doorkeeper.admit()
      return refused === undefined ? letThrough(entry, now) : Promise.reject(refused)
    },
    pauseUntil(timeMs) {
      pausedUntilMs = Math.max(pausedUntilMs, timeMs)
    },
  }
}

function correct(use: Use | undefined, counted: number | undefined): void {
  if (use !== undefined && counted !== undefined) use.amount = counted
}
