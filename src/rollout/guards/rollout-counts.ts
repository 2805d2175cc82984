export type RolloutStage = 'shadow' | 'partial'

/** What was seen in a stage since it began or, after an incident was closed, since then. */
export interface RolloutCounts {
  stage: RolloutStage
  hours: number
  /** Share of the requests that go to the canary; in the shadow 0.5 is used, as both answer every request. */
  share: number
  canary: {
    n: number
    errors: number
    /** Answers that do not fit the schema; no errors. */
    invalid: number
    /** Above the limit for slow; errors and time-outs count as slow. */
    slow: number
    /** In the shadow: answers that differ from the incumbent's in a structured field. */
    disagree?: number
  }
  /** The incumbent at the same time; `slow` where it is counted. */
  control: { n: number; errors: number; slow?: number }
  /** The incumbent's requests before the rollout. */
  baseline: { n: number; errors: number; invalid: number }
  /** Disagreements on golden samples: k of n. */
  goldenDisagree?: { k: number; n: number }
}

export type GuardName = 'disagree' | 'error' | 'invalid' | 'latency'

/** One look at a stage, in the JSON shape of `decisions/`. */
export interface RolloutStep {
  p0Error: number
  p0Invalid: number
  /** Each guard's e-process, its log. */
  logE: Partial<Record<GuardName, number>>
  /** `unproven`: enough requests, and still nothing shown. Sorted. */
  alarms: (GuardName | 'unproven')[]
  /** One-sided 95 % bounds of the rates. */
  upper95: { error: number; invalid: number; latency: number }
  /** Whether all bounds are inside the limits of a promotion. */
  proven: boolean
  /** Of the control, and of the canary against it; only where an alarm asks for them. */
  controlLogE?: number
  relLogE?: number
  controlLatencyLogE?: number
  relLatencyLogE?: number
  decision: 'promote' | 'hold' | 'rollback' | 'incident'
}
