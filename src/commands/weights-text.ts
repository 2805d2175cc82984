import { shownWords } from '../recommendation/reasoning/shown-words.ts'
import type { TierState } from '../workflows/tier-states.ts'

/** What the weights of each tier mean, and what its last evidence shows; tiers whose weights mean the same stand together. */
export function weightsText(tiers: readonly TierState[]): string {
  const lines = [...Map.groupBy(tiers, ({ weightsMean }) => weightsMean)].map(
    ([words, same]) =>
      `  - ${same.length === 1 ? 'tier' : 'tiers'} ${same.map(({ tier }) => tier).join(', ')}: ${words}`,
  )
  const shown = tiers.flatMap(({ tier, lastVerdict }) =>
    lastVerdict?.evidence
      ? shownWords(lastVerdict.evidence, lastVerdict.target).map((text) => `  - tier ${tier}: ${text}`)
      : [],
  )
  if (tiers.length === 0) return ''
  return [
    ['What the weights mean:', ...lines],
    ...(shown.length === 0 ? [] : [['What the last evidence shows:', ...shown]]),
  ]
    .map((section) => section.join('\n'))
    .join('\n\n')
}
