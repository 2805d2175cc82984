import type { Clock } from '../../shared/clock.ts'
import type { Breaker } from '../breaker.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from '../provider.ts'
import type { DayCounter } from './day-counter.ts'
import { createGate, type Gate, type GateLimits } from './gate.ts'
import type { Pass } from './gate-entry.ts'
import { dayIsOver, waitTooLong } from './limit-errors.ts'
import { estimatedTokens, tokensOf } from './token-use.ts'

export interface ThrottleLimits extends GateLimits {
  requestsPerDay: number | undefined
}

export interface ThrottleOptions {
  /** Name of the provider in the configuration: under it and the model's id requests of a day are counted. */
  name: string
  limits: ThrottleLimits
  /** Whether all models share the limits, as on a computer of one's own, or each has them for itself. */
  isShared: boolean
  clock: Clock
  breaker: Breaker
  dayCounter: DayCounter
  /** Those of other throttles of the same provider in this process, which share its limits. */
  gates?: Map<string, Gate> | undefined
  /** For calls that somebody waits for: they go first, and are refused rather than kept waiting. */
  live?: LiveLimits | undefined
}

export interface LiveLimits {
  /** Whether `concurrency` holds for them too. */
  takesSlots: boolean
  maxWaitMs: number
}

/** No wait that a provider asks for holds up the others for longer. */
const longestPauseMs = 60_000

/** Holds calls back until the limits allow them, and fails at once those that the breaker knows to be in vain. */
export function withThrottle(provider: Provider, options: ThrottleOptions): Provider {
  const { name, limits, isShared, clock, breaker, gates = new Map<string, Gate>() } = options
  const { takesSlots = true, maxWaitMs = Number.POSITIVE_INFINITY } = options.live ?? {}
  const tooLong = (waitMs: number | undefined) => waitTooLong(name, waitMs ?? maxWaitMs)
  const live = options.live === undefined ? undefined : { takesSlot: takesSlots, maxWaitMs, tooLong }
  const nowMs = () => clock.now().getTime()

  function gateOf(modelId: string): Gate {
    const key = isShared ? '' : modelId
    const gate = gates.get(key) ?? createGate(limits, clock)
    gates.set(key, gate)
    return gate
  }

  /** @throws ProviderError when the day's requests are used up, with the time of the next day */
  async function takeOfDay(modelId: string): Promise<void> {
    const limit = limits.requestsPerDay
    if (limit === undefined) return
    const now = clock.now()
    const taken = await options.dayCounter.take(`${name}/${modelId}`, limit, now)
    if (taken !== 'ok') throw dayIsOver(name, modelId, limit, taken.retryAt, now)
  }

  async function admitted(request: GenerateRequest): Promise<AdmittedCall> {
    const { modelId, signal } = request
    signal.throwIfAborted()
    const gate = gateOf(modelId)
    const cameMs = nowMs()
    const pass = await gate.enter({
      tokens: estimatedTokens(request),
      signal,
      doorkeeper: { refusal: () => breaker.refusal(modelId), admit: () => breaker.admit(modelId) },
      live,
    })
    const startedMs = nowMs()
    const waitedMs = startedMs - cameMs
    return {
      leave: () => pass.leave(),
      answered(generated) {
        breaker.succeeded(modelId, startedMs)
        pass.answered(tokensOf(generated.usage))
        return waitedMs === 0 ? generated : withQueue(generated, waitedMs)
      },
      failed(error) {
        if (!(error instanceof ProviderError)) return
        error.waitedMs += waitedMs
        breaker.failed(modelId, error, startedMs)
        adapt(pass, gate, error, nowMs())
      },
    }
  }

  async function* streamed(stream: NonNullable<Provider['stream']>, request: GenerateRequest) {
    const call = await admitted(request)
    try {
      await takeOfDay(request.modelId)
      return call.answered(yield* stream(request))
    } catch (error) {
      call.failed(error)
      throw error
    } finally {
      call.leave()
    }
  }

  const { stream } = provider
  return {
    ...provider,
    async generate(request) {
      const call = await admitted(request)
      try {
        await takeOfDay(request.modelId)
        return call.answered(await provider.generate(request))
      } catch (error) {
        call.failed(error)
        throw error
      } finally {
        call.leave()
      }
    },
    ...(stream === undefined ? {} : { stream: (request) => streamed(stream, request) }),
  }
}

interface AdmittedCall {
  answered(generated: Generated): Generated
  failed(error: unknown): void
  leave(): void
}

function adapt(pass: Pass, gate: Gate, { kind, retryAfterMs }: ProviderError, nowMs: number): void {
  if (kind === 'overloaded') pass.overloaded()
  if (kind === 'rate-limited') pass.rateLimited(retryAfterMs)
  if ((kind === 'rate-limited' || kind === 'quota-exhausted') && retryAfterMs !== undefined) {
    gate.pauseUntil(nowMs + Math.min(retryAfterMs, longestPauseMs))
  }
}

function withQueue(generated: Generated, waitedMs: number): Generated {
  const { timing } = generated
  return { ...generated, timing: { ...timing, queueMs: (timing.queueMs ?? 0) + waitedMs } }
}
