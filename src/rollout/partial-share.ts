import type { TierRollout } from '../config/tier-rollout.ts'

const leastShare = 0.1
const mostShare = 0.5
const days = 7

/**
 * The share of the requests that the challenger gets in a step. Where the owner has set none it is chosen so that the
 * requests it needs come in 7 days: 10 % where there is enough traffic, and never more than 50 %.
 * @param requestsPerDay of the tier; undefined: unknown, which counts as enough
 */
export function partialShare(
  { steps, partial }: Pick<TierRollout, 'steps' | 'partial'>,
  step: number,
  requestsPerDay: number | undefined,
): number {
  const set = steps[step]
  if (set !== undefined) return set
  if (requestsPerDay === undefined) return leastShare
  const needed = partial.requests / (days * Math.max(requestsPerDay, Number.MIN_VALUE))
  return Math.min(mostShare, Math.max(leastShare, Math.ceil(needed * 100) / 100))
}
