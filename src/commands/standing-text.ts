import { lockEnd, lockWords } from '../recommendation/reasoning/set-aside-text.ts'
import { creepWords } from '../recommendation/reasoning/setting-text.ts'
import { duration, money } from '../shared/format-number.ts'
import type { TierState } from '../workflows/tier-states.ts'

/** What each tier is held to, and what the weeks until now have made of it. */
export function standingText(tiers: readonly TierState[]): string {
  const limits = tiers.map((tier) => `  - tier ${tier.tier}: ${limitWords(tier)}`)
  const notes = tiers.flatMap((tier) => noteWords(tier).map((text) => `Tier ${tier.tier}: ${text}`))
  return [tiers.length === 0 ? '' : ['Held to:', ...limits].join('\n'), notes.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}

function limitWords({ standing: { references, p95Ms, minimumAccuracy } }: TierState): string {
  const { latencyMs, costUsd, provisional } = references
  const mark = (measure: 'latencyMs' | 'costUsd') => (provisional.includes(measure) ? ' (provisional)' : '')
  return [
    `${duration(latencyMs)}${mark('latencyMs')} and ${money(costUsd)}${mark('costUsd')} a call score 50`,
    p95Ms === null ? 'no limit of latency' : `95 of 100 answers within ${duration(p95Ms)}`,
    minimumAccuracy === null ? 'no floor of accuracy' : `accuracy at least ${minimumAccuracy}`,
  ].join('; ')
}

function noteWords({ standing: { creep, locked, drift } }: TierState): string[] {
  return [
    ...(locked.length === 0 ? [] : [lockedWords(locked)]),
    ...(creep === null ? [] : [creepWords(creep)]),
    ...(drift === null || drift.status === 'steady' || drift.status === 'unwatched' ? [] : [drift.words]),
  ]
}

function lockedWords(locked: TierState['standing']['locked']): string {
  const each = locked.map(({ model, reason }) => `${model} (${lockWords[reason]})`).join(', ')
  return `Locked, and not compared ${lockEnd}: ${each}.`
}
