import { nameOf } from '../rollout/shown-words.ts'
import type { TierState } from '../workflows/tier-states.ts'

/** What is on its way on each tier, how far it is, and which seats are pinned; empty where nothing moves. */
export function movementText(tiers: readonly Pick<TierState, 'movement'>[]): string {
  return tiers
    .flatMap(({ movement: { rollouts, pin } }) => [
      ...rollouts.map(({ sentence, progress }) => (progress === null ? sentence : `${sentence} ${progress}`)),
      ...(pin === null
        ? []
        : [`${nameOf(pin.by)} has pinned ${pin.model} on ${pin.since.slice(0, 10)}: ${pin.reason}.`]),
    ])
    .join('\n')
}
