import type { RolloutStage } from './rollout-counts.ts'

/** The thresholds of decisions.md sections 4 and 6.3. */
export interface GuardSettings {
  /** Probability of a false alarm of each guard in a stage, however often it is looked at. */
  alpha: number
  /** Level at which the canary is shown to be worse than the control. */
  alphaRelative: number
  /** Share of slow requests that is tolerated, slow being above the incumbent's own p95. */
  toleratedSlow: number
  slowMultiples: readonly number[]
  disagreementMultiples: readonly number[]
  leastRequests: Readonly<Record<RolloutStage, number>>
  leastHours: Readonly<Record<RolloutStage, number>>
  /** With so many requests and still no proof a challenger goes back. */
  mostRequests: number
  leastBaseline: number
  /** A promotion needs bounds of at most this many times the tolerated rates of errors and invalid answers. */
  boundFactor: number
  /** … and a bound of slow requests of at most this. */
  slowBound: number
}

export const guardSettings: GuardSettings = {
  alpha: 0.01,
  alphaRelative: 0.05,
  toleratedSlow: 0.1,
  slowMultiples: [1.5, 2, 3, 5],
  disagreementMultiples: [1.25, 1.5, 2, 3],
  leastRequests: { shadow: 200, partial: 300 },
  leastHours: { shadow: 24, partial: 24 },
  mostRequests: 2000,
  leastBaseline: 500,
  boundFactor: 2,
  slowBound: 0.15,
}
