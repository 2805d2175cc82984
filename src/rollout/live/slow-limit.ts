import type { Baseline } from '../rollout.ts'

/** The newest requests of a model, as a query gives them. */
export interface RecentRequests {
  n: number
  errors: number
  invalid: number
  /** Slower than the limit that counted then. */
  slow: number
  /** Of answers; undefined without any. */
  p95Ms: number | undefined
  /** Of streamed answers. */
  firstTokenP95Ms: number | undefined
}

export interface AcceptedLatency {
  /** What the tier allows; undefined for no limit. */
  sloP95Ms: number | undefined
  /** Of the challenger and of the incumbent on golden samples; undefined where unknown. */
  goldenP95Ms: { challenger: number | undefined; incumbent: number | undefined }
}

/** What the incumbent did before a rollout, and the limits for slow that follow from it. */
export function baselineOf(recent: RecentRequests, accepted: AcceptedLatency): Baseline {
  const { n, errors, invalid, p95Ms, firstTokenP95Ms } = recent
  return {
    n,
    errors,
    invalid,
    slowMs: slowLimitMs(p95Ms, accepted),
    // What the tier allows is the complete answer.
    slowFirstTokenMs: slowLimitMs(firstTokenP95Ms, { ...accepted, sloP95Ms: undefined }),
  }
}

/**
 * Latency above which a live request is slow: a slowdown that the recommendation has accepted is no alarm
 * (decisions.md section 6.3).
 * @param liveP95Ms of the incumbent; undefined: unknown, and nothing is slow
 */
export function slowLimitMs(
  liveP95Ms: number | undefined,
  { sloP95Ms = 0, goldenP95Ms: { challenger, incumbent } }: AcceptedLatency,
): number | undefined {
  if (liveP95Ms === undefined) return undefined
  const isComparable = challenger !== undefined && incumbent !== undefined && incumbent > 0
  return Math.max(liveP95Ms, sloP95Ms, isComparable ? (liveP95Ms * challenger) / incumbent : 0)
}

/** Undefined where no limit can be told yet. A streamed answer is slow when its first token or its end is. */
export function isAboveLimit(
  { latencyMs, firstTokenMs }: { latencyMs: number | undefined; firstTokenMs: number | undefined },
  { slowMs, slowFirstTokenMs }: Pick<Baseline, 'slowMs' | 'slowFirstTokenMs'>,
): boolean | undefined {
  if (slowMs === undefined || latencyMs === undefined) return undefined
  const isFirstTokenLate =
    firstTokenMs !== undefined && slowFirstTokenMs !== undefined && firstTokenMs > slowFirstTokenMs
  return latencyMs > slowMs || isFirstTokenLate
}
