import type { Clock } from '../../shared/clock.ts'
import type { Breaker } from '../breaker.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError, type Usage } from '../provider.ts'
import type { DayCounter } from './day-counter.ts'
import { createGate, type Gate, type GateLimits, type Pass } from './gate.ts'

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
}

/** No wait that a provider asks for holds up the others for longer. */
const longestPauseMs = 60_000

/** Holds calls back until the limits allow them, and fails at once those that the breaker knows to be in vain. */
export function withThrottle(provider: Provider, options: ThrottleOptions): Provider {
  const { limits, isShared, clock, breaker } = options
  const gates = new Map<string, Gate>()
  const nowMs = () => clock.now().getTime()

  function gateOf(modelId: string): Gate {
    const key = isShared ? '' : modelId
    const gate = gates.get(key) ?? createGate(limits, clock)
    gates.set(key, gate)
    return gate
  }

  return {
    ...provider,
    async generate(request) {
      const { modelId, signal } = request
      signal.throwIfAborted()
      const gate = gateOf(modelId)
      const cameMs = nowMs()
      const pass = await gate.enter(estimatedTokens(request), signal, {
        refusal: () => breaker.refusal(modelId),
        admit: () => breaker.admit(modelId),
      })
      const startedMs = nowMs()
      try {
        if (limits.requestsPerDay !== undefined) await takeOfDay(modelId, limits.requestsPerDay, options)
        const generated = await provider.generate(request)
        breaker.succeeded(modelId, startedMs)
        pass.answered(tokensOf(generated.usage))
        return startedMs === cameMs ? generated : withQueue(generated, startedMs - cameMs)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        error.waitedMs += startedMs - cameMs
        breaker.failed(modelId, error, startedMs)
        adapt(pass, gate, error, nowMs())
        throw error
      } finally {
        pass.leave()
      }
    },
  }
}

function adapt(pass: Pass, gate: Gate, { kind, retryAfterMs }: ProviderError, nowMs: number): void {
  if (kind === 'overloaded') pass.overloaded()
  if (kind === 'rate-limited') pass.rateLimited(retryAfterMs)
  if ((kind === 'rate-limited' || kind === 'quota-exhausted') && retryAfterMs !== undefined) {
    gate.pauseUntil(nowMs + Math.min(retryAfterMs, longestPauseMs))
  }
}

/** @throws ProviderError when the day's requests are used up, with the time of the next day */
async function takeOfDay(modelId: string, limit: number, { name, clock, dayCounter }: ThrottleOptions): Promise<void> {
  const now = clock.now()
  const taken = await dayCounter.take(`${name}/${modelId}`, limit, now)
  if (taken === 'ok') return
  const { retryAt } = taken
  const error = new ProviderError(
    'quota-exhausted',
    `The ${limit} requests a day of ${modelId} (requestsPerDay of ${name}) are used up until ${retryAt.toISOString()}.`,
    { retryAfterMs: retryAt.getTime() - now.getTime() },
  )
  error.attempts = 0
  throw error
}

const charactersPerToken = 4

/** Before the call only the prompt can be counted, and only roughly; the count of the answer replaces it. */
function estimatedTokens({ messages }: GenerateRequest): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.ceil(characters / charactersPerToken)
}

function tokensOf({ inputTokens, outputTokens }: Usage): number | undefined {
  return inputTokens === undefined ? undefined : inputTokens + (outputTokens ?? 0)
}

function withQueue(generated: Generated, waitedMs: number): Generated {
  const { timing } = generated
  return { ...generated, timing: { ...timing, queueMs: (timing.queueMs ?? 0) + waitedMs } }
}
