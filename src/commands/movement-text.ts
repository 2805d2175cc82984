import { nameOf } from '../rollout/shown-words.ts'
import type { TierState } from '../workflows/tier-states.ts'

/** What is on its way on each tier, how far it is, and which seats are pinned; empty where nothing moves. */
export function movementText(tiers: readonly Pick<TierState, 'tier' | 'movement'>[]): string {
  const lines = tiers.flatMap(({ tier, movement: { rollouts, pin } }) => [
    ...rollouts.map(
      ({ sentence, progress }) => `  - tier ${tier}: ${sentence}${progress === null ? '' : ` ${progress}`}`,
    ),
    ...(pin === null ? [] : [`  - tier ${tier}: ${pinWords(pin)}`]),
  ])
  return lines.length === 0 ? '' : ['Rollouts:', ...lines].join('\n')
}

function pinWords({ by, model, since, reason }: NonNullable<TierState['movement']['pin']>): string {
  return `${nameOf(by)} pinned it to ${model} on ${since.slice(0, 10)}: ${reason}. Nothing moves by itself.`
}
