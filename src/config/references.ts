import type { TierTargets } from './tier-config.ts'

/** For speed and cost, where there is neither a target nor a first baseline of the incumbent; reports flag them. */
export const provisionalReferences = Object.freeze({ latencyMs: 2000, costUsd: 0.004 })

/** Without it a free local model at two minutes a call would replace a cloud model at eight seconds (decisions.md 6.5). */
const patience = 4

/**
 * The 95th percentile of latency, in milliseconds, above which a model takes no seat.
 * @param latencyReferenceMs what the tier's speed is measured against
 * @returns null when the tier's owner wants no limit
 */
export function p95LimitMs(targets: TierTargets, latencyReferenceMs: number): number | null {
  if (targets.p95Ms === 'none') return null
  return targets.p95Ms ?? patience * latencyReferenceMs
}
