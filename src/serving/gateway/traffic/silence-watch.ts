import { ProviderError } from '../../../providers/provider.ts'
import type { Answerer } from '../answerer.ts'
import { GatewayError } from '../gateway-error.ts'

export interface SilenceWatchOptions {
  /** The tier that is meant by the name in a request; undefined for a model. */
  tierOf: (name: string) => number | undefined
  now: () => Date
  /** A tier has answered nobody for a while. It is called again with further requests until `told` is. */
  raise: (tier: number, silence: Silence, told: () => void) => void
  /** A tier answers (again): after it was silent, and with the first answer of this process. */
  resolve: (tier: number) => void
}

export interface Silence {
  failures: number
  since: Date
  /** What the last request failed with. */
  reason: string
}

/** A restart of a local model takes as long, and is nothing to be told of. */
const shortestMs = 30_000
const fewest = 5

/**
 * Sees tiers of which no model answers, whatever is tried: before any rollout nothing else watches the live requests of
 * whoever holds the seat. A request costs a look into a map.
 */
export function watchSilence(answer: Answerer, { tierOf, now, raise, resolve }: SilenceWatchOptions): Answerer {
  const silent = new Map<number, Silence & { isTold: boolean }>()
  const heard = new Set<number>()

  function answered(tier: number): void {
    if (heard.has(tier) && !silent.has(tier)) return
    if (!heard.has(tier) || silent.get(tier)?.isTold === true) resolve(tier)
    heard.add(tier)
    silent.delete(tier)
  }

  function failed(tier: number, error: Error): void {
    const { failures = 0, since = now(), isTold = false } = silent.get(tier) ?? {}
    const silence = { failures: failures + 1, since, reason: error.message, isTold }
    silent.set(tier, silence)
    const isLong = now().getTime() - since.getTime() >= shortestMs
    if (isTold || !isLong || silence.failures < fewest) return
    raise(tier, silence, () => {
      const current = silent.get(tier)
      // It may have answered meanwhile, before there was anything to resolve.
      if (current === undefined) resolve(tier)
      else current.isTold = true
    })
  }

  return async (request) => {
    try {
      const reply = await answer(request)
      if (reply.servedBy.tier !== undefined) answered(reply.servedBy.tier)
      return reply
    } catch (error) {
      const tier = isOurs(error) && !request.signal.aborted ? tierOf(request.model) : undefined
      if (tier !== undefined) failed(tier, error as Error)
      throw error
    }
  }
}

/** Not what the caller did wrong, nor what a model would not answer. */
function isOurs(error: unknown): boolean {
  if (error instanceof ProviderError) return error.kind !== 'invalid-request' && error.kind !== 'blocked'
  return error instanceof GatewayError ? error.refusal.status >= 500 : error instanceof Error
}
