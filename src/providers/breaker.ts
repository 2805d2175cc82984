import type { Clock } from '../shared/clock.ts'
import { ProviderError, type ProviderErrorKind } from './provider.ts'

/**
 * Knows what a provider cannot do at present, so that nobody asks it in vain. It opens only on failures that say
 * something about the provider, for one model or for all, and lets one call through per cool-down to see whether that
 * has passed.
 */
export interface Breaker {
  /** Why a call to a model would fail now. */
  refusal(modelId: string): ProviderError | undefined
  /** The same for a call that is about to be made: it may be the one that is let through. */
  admit(modelId: string): ProviderError | undefined
  succeeded(modelId: string, startedMs: number): void
  /** @param startedMs when the call began; what was under way before tells nothing new */
  failed(modelId: string, error: ProviderError, startedMs: number): void
}

interface Circuit {
  kind: ProviderErrorKind
  message: string
  status: number | undefined
  openedMs: number
  probeMs: number
  coolDownMs: number
}

const everyModel = Symbol('every model')
type Scope = string | typeof everyModel

const unreachableInARow = 5
/** While an outage is younger than this, callers may wait for its end; after it they fail at once. */
const outagePatienceMs = 60_000
const longestCoolDownMs: Readonly<Partial<Record<ProviderErrorKind, number>>> = { unreachable: 30_000 }
const firstCoolDownMs: Readonly<Partial<Record<ProviderErrorKind, number>>> = {
  unreachable: 1_000,
  auth: 60_000,
  'model-not-found': 60_000,
  'quota-exhausted': 600_000,
}

export function createBreaker(clock: Clock): Breaker {
  const circuits = new Map<Scope, Circuit>()
  /** Models of which a daily quota was named: from when on another such failure proves it. */
  const suspectedUntilMs = new Map<string, number>()
  let unreachableCount = 0
  const nowMs = () => clock.now().getTime()

  function circuitsOf(modelId: string): Circuit[] {
    if (circuits.size === 0) return []
    return [circuits.get(everyModel), circuits.get(modelId)].filter((circuit) => circuit !== undefined)
  }

  function refusal(modelId: string): ProviderError | undefined {
    const shut = circuitsOf(modelId).find(({ probeMs }) => nowMs() < probeMs)
    return shut === undefined ? undefined : refusalBy(shut, nowMs())
  }

  function open(scope: Scope, error: ProviderError, startedMs: number): void {
    const { kind, message, status } = error
    const known = circuits.get(scope)
    if (known?.kind === kind) {
      // Of the calls that were under way when it opened, and not of the one that was let through.
      if (startedMs < known.probeMs - known.coolDownMs) return
      known.coolDownMs = Math.min(2 * known.coolDownMs, longestCoolDownMs[kind] ?? known.coolDownMs)
      known.probeMs = nowMs() + known.coolDownMs
      return
    }
    const asked = error.isRetryable ? undefined : error.retryAfterMs
    const coolDownMs = asked ?? firstCoolDownMs[kind] ?? 60_000
    circuits.set(scope, { kind, message, status, openedMs: nowMs(), probeMs: nowMs() + coolDownMs, coolDownMs })
  }

  /** Whether a failure over a quota of the day is the second, after the wait that the provider asked for. */
  function isProven({ isRetryable, retryAfterMs = 1 }: ProviderError, modelId: string, startedMs: number): boolean {
    if (!isRetryable) return true
    const until = suspectedUntilMs.get(modelId)
    if (until === undefined) suspectedUntilMs.set(modelId, nowMs() + Math.min(retryAfterMs, 60_000))
    return until !== undefined && startedMs >= until
  }

  function answeredBy(modelId: string, startedMs: number, isAnswer: boolean): void {
    unreachableCount = 0
    for (const scope of [everyModel, modelId] satisfies Scope[]) {
      const circuit = circuits.get(scope)
      if (circuit === undefined || startedMs < circuit.openedMs) continue
      if (isAnswer || circuit.kind === 'unreachable') circuits.delete(scope)
    }
  }

  return {
    refusal,
    admit(modelId) {
      const refused = refusal(modelId)
      if (refused !== undefined) return refused
      for (const circuit of circuitsOf(modelId)) circuit.probeMs = nowMs() + circuit.coolDownMs
      return undefined
    },
    succeeded(modelId, startedMs) {
      if (suspectedUntilMs.size > 0) suspectedUntilMs.delete(modelId)
      answeredBy(modelId, startedMs, true)
    },
    failed(modelId, error, startedMs) {
      const { kind, status } = error
      if (kind === 'unreachable') {
        unreachableCount += 1
        if (unreachableCount >= unreachableInARow) open(everyModel, error, startedMs)
        return
      }
      // A call that hung tells neither that the server is there nor that it is not.
      if (kind !== 'timeout') answeredBy(modelId, startedMs, false)
      // A key that may not use one model (403) may use others.
      if (kind === 'auth') open(status === 403 ? modelId : everyModel, error, startedMs)
      if (kind === 'model-not-found') open(modelId, error, startedMs)
      if (kind === 'quota-exhausted' && isProven(error, modelId, startedMs)) open(modelId, error, startedMs)
    },
  }
}

function refusalBy({ kind, message, status, openedMs, probeMs }: Circuit, nowMs: number): ProviderError {
  const mayPass = kind === 'unreachable' && nowMs - openedMs < outagePatienceMs
  const error = new ProviderError(kind, message, { status, isRetryable: mayPass, retryAfterMs: probeMs - nowMs })
  // No call was made.
  error.attempts = 0
  return error
}
