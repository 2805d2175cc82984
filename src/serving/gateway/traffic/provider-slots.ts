import type { Config } from '../../../config/config.ts'
import { placementOf } from '../../../providers/placement.ts'

/**
 * Keeps copies out of the way of applications where both need the same few slots, as on a computer of one's own: a copy
 * takes only a slot that is free, and gives it up when an application needs it.
 */
export interface ProviderSlots {
  /**
   * An application's request is with the provider from now on.
   * @returns how many calls share its slots now, this one included; those that wait for one are not among them
   */
  enter(provider: string): number
  leave(provider: string): void
  /**
   * @param giveUp ends the copy at once
   * @returns as `enter`; undefined: there is no slot
   */
  enterCopy(provider: string, giveUp: () => void): number | undefined
  leaveCopy(provider: string, giveUp: () => void): void
  /** Requests of applications now. */
  underWay(): number
}

/**
 * @param slotsOf how many requests at once a provider answers for all of its models together; undefined: each model has its
 * own, so that copies are in nobody's way
 */
export function createProviderSlots(slotsOf: (provider: string) => number | undefined): ProviderSlots {
  const live = new Map<string, number>()
  const copies = new Map<string, (() => void)[]>()
  let total = 0

  const liveAt = (provider: string) => live.get(provider) ?? 0
  const copiesAt = (provider: string) => copies.get(provider) ?? []

  function sharedBy(provider: string): number {
    return Math.min(liveAt(provider) + copiesAt(provider).length, slotsOf(provider) ?? Number.POSITIVE_INFINITY)
  }

  function makeWay(provider: string): void {
    const slots = slotsOf(provider)
    const own = copiesAt(provider)
    if (slots === undefined || own.length === 0 || liveAt(provider) + own.length <= slots) return
    own.at(-1)?.()
  }

  return {
    enter(provider) {
      total += 1
      live.set(provider, liveAt(provider) + 1)
      makeWay(provider)
      return sharedBy(provider)
    },
    leave(provider) {
      total -= 1
      live.set(provider, liveAt(provider) - 1)
    },
    enterCopy(provider, giveUp) {
      const slots = slotsOf(provider)
      const own = copiesAt(provider)
      if (slots !== undefined && liveAt(provider) + own.length >= slots) return undefined
      copies.set(provider, [...own, giveUp])
      return sharedBy(provider)
    },
    leaveCopy(provider, giveUp) {
      copies.set(
        provider,
        copiesAt(provider).filter((own) => own !== giveUp),
      )
    },
    underWay: () => total,
  }
}

/**
 * Of providers on a computer of one's own, whose models share what it has. Rented ones answer each model by itself.
 * @returns for `createProviderSlots`
 */
export function sharedSlots(providers: Config['providers']): (provider: string) => number | undefined {
  const slots = new Map(
    Object.values(providers).flatMap(({ name, kind, baseUrl, concurrency }) =>
      placementOf({ providerKind: kind, baseUrl }) === 'local' ? [[name, concurrency] as const] : [],
    ),
  )
  return (provider) => slots.get(provider)
}
