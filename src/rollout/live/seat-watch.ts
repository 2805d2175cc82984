import { type CusumLimits, cusumAfter, cusumLimitsFor } from '../guards/cusum.ts'
import type { Baseline, FullState } from '../rollout.ts'
import { isEvidence } from './count-observation.ts'
import type { LiveObservation } from './live-observation.ts'
import { isAboveLimit } from './slow-limit.ts'

export const watchMetrics = ['error', 'invalid', 'slow'] as const
export type WatchMetric = (typeof watchMetrics)[number]

/** A CUSUM after so many requests. It can be stored, and goes on from there. */
export interface MetricWatch {
  n: number
  events: number
  /** Never below 0. */
  cusum: number
  highest: number
}

/** What watches the model that a rollout brought to the seat. */
export type SeatWatch = Record<WatchMetric, MetricWatch>

export interface WatchLimits {
  metrics: Record<WatchMetric, CusumLimits>
  slow: Pick<Baseline, 'slowMs' | 'slowFirstTokenMs'>
}

export function emptyWatch(): SeatWatch {
  const empty = { n: 0, events: 0, cusum: 0, highest: 0 }
  return { error: empty, invalid: empty, slow: empty }
}

/**
 * Each metric against its own tolerated rate (decisions.md section 6.3).
 * @returns undefined where no live baseline was known: the weekly drift test is the guard
 */
export function watchLimitsOf(
  { tolerated }: FullState,
  baseline: Baseline | undefined,
  toleratedSlow: number,
): WatchLimits | undefined {
  if (tolerated === undefined) return undefined
  return {
    metrics: {
      error: cusumLimitsFor(tolerated.error),
      invalid: cusumLimitsFor(tolerated.invalid),
      slow: cusumLimitsFor(toleratedSlow),
    },
    slow: { slowMs: baseline?.slowMs, slowFirstTokenMs: baseline?.slowFirstTokenMs },
  }
}

/**
 * The watch after one more request of the holder of the seat, whatever else it counts for: the incumbent of a next rollout
 * is watched on. What says nothing of the holder changes nothing.
 */
export function watchAfter(watch: SeatWatch, observation: LiveObservation, limits: WatchLimits): SeatWatch {
  const slow = isAboveLimit(observation, limits.slow)
  if (observation.arm !== 'incumbent' || !isEvidence({ ...observation, slow })) return watch
  const isFailed = observation.outcome === 'failed'
  const { metrics } = limits
  return {
    error: metricAfter(watch.error, isFailed, metrics.error),
    invalid: metricAfter(watch.invalid, observation.invalid === true, metrics.invalid),
    // Without a limit nothing can be told of the speed.
    slow:
      limits.slow.slowMs === undefined ? watch.slow : metricAfter(watch.slow, isFailed || slow === true, metrics.slow),
  }
}

/** The metrics that alarm now. */
export function watchAlarms(watch: SeatWatch, { metrics }: WatchLimits): WatchMetric[] {
  return watchMetrics.filter((metric) => watch[metric].cusum >= metrics[metric].height)
}

function metricAfter({ n, events, cusum, highest }: MetricWatch, isEvent: boolean, limits: CusumLimits): MetricWatch {
  const after = cusumAfter(cusum, isEvent, limits)
  return { n: n + 1, events: events + Number(isEvent), cusum: after, highest: Math.max(highest, after) }
}
