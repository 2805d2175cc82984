import type { RolloutEntry, rolloutPolicies } from './rollout-schema.ts'

export type RolloutPolicy = (typeof rolloutPolicies)[number]

/** How a better model comes to the seat of a tier. A rollout keeps the settings with which it was opened. */
export interface TierRollout {
  readonly policy: RolloutPolicy
  /** Shares of the requests, one step after another; empty: one step, whose share follows from the traffic. */
  readonly steps: readonly number[]
  readonly shadow: {
    /** Least copied requests and hours before users are served. */
    readonly requests: number
    readonly hours: number
    /** Share of the requests that is copied, 0 to 1. */
    readonly share: number
    /** US dollars a day for copies; undefined does not limit. */
    readonly dayUsd: number | undefined
  }
  /** Least requests of the challenger and hours of every step. */
  readonly partial: { readonly requests: number; readonly hours: number }
  /** After so many days what waits goes to a person, or ends. */
  readonly waitDays: number
  readonly guards: RolloutGuards
}

/** Thresholds of decisions.md sections 4 and 6.3. */
export interface RolloutGuards {
  readonly alpha: number
  readonly toleratedSlow: number
  readonly slowBound: number
  readonly boundFactor: number
  readonly mostRequests: number
  readonly leastBaseline: number
}

export function completeRollout(entry: RolloutEntry = {}): TierRollout {
  const { policy = 'auto', share, steps, shadow, partial, waitDays = 14, guards } = entry
  return {
    policy,
    steps: steps ?? (share === undefined ? [] : [share]),
    shadow: {
      requests: shadow?.requests ?? 200,
      hours: shadow?.hours ?? 24,
      share: shadow?.share ?? 1,
      dayUsd: shadow?.dayUsd,
    },
    partial: { requests: partial?.requests ?? 300, hours: partial?.hours ?? 24 },
    waitDays,
    guards: {
      alpha: guards?.alpha ?? 0.01,
      toleratedSlow: guards?.toleratedSlow ?? 0.1,
      slowBound: guards?.slowBound ?? 0.15,
      boundFactor: guards?.boundFactor ?? 2,
      mostRequests: guards?.mostRequests ?? 2000,
      leastBaseline: guards?.leastBaseline ?? 500,
    },
  }
}
