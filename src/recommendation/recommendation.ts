import type { Evidence } from './evidence.ts'

/**
 * `recommend`: good enough for the shadow, where it can do no harm. `inconclusive` is a state of a comparison, not a
 * decision: a tier whose challengers are inconclusive keeps its model.
 */
export const decisions = [
  'switch',
  'recommend',
  'keep',
  'insufficient_data',
  'invalid_run',
  'incumbent_missing',
  'initial_assignment',
] as const
export type Decision = (typeof decisions)[number]

/** What stands between a challenger and a switch. */
export const blockingReasons = [
  'too_few_items',
  'too_few_items_for_switch',
  'low_coverage',
  'looks_exhausted',
  'total_not_significantly_better',
  'gain_below_min_delta',
  'accuracy_not_shown_non_inferior',
  'failure_rate_above_cap',
  'reliability_regression',
  'p95_above_slo',
  'cooldown',
] as const
export type BlockingReason = (typeof blockingReasons)[number]

/** What the whole verdict rests on, where it is not a comparison. */
export const fieldReasons = [
  'no_records',
  'all_models_failed',
  'incumbent_failing',
  'incumbent_not_in_run',
  'no_eligible_model',
  'low_confidence',
  'single_model',
] as const
export type FieldReason = (typeof fieldReasons)[number]

export type PairFlag =
  | 'no_common_items'
  | 'too_few_items'
  | 'cost_unknown_both'
  | 'cost_missing_worst_case'
  | 'latency_unknown_both'
  | 'latency_missing_worst_case'

/** The verdict on a tier, in the JSON shape of `decisions/`. */
export interface Recommendation {
  tier: string | number | null
  incumbent: string | null
  decision: Decision
  /** Who should hold the seat, or enter the shadow; null when nobody can be named. */
  target: string | null
  /** For `recommend`: what blocks a switch. */
  reasons: (BlockingReason | FieldReason)[]
  /** One per challenger, sorted by its name. */
  comparisons: Comparison[]
  /** Share of bootstrap resamples in which the model has the best total. Empty when nothing can be resampled. */
  pBest: Record<string, number>
  /** The same among the incumbent and the models whose accuracy is inside the margin in the resample. */
  pBestEligible: Record<string, number>
  /** Of the decision, 0 to 1; null when there is none to state; absent where the decision rests on no comparison. */
  confidence?: number | null
  /** The model to turn to while the incumbent fails or is missing; null when none is fit. */
  fallback?: string | null
  /** What `recommendWithEvidence` adds; absent from what `recommend` gives. */
  evidence?: Evidence
}

/** A challenger against the incumbent, paired by item; positive differences favour the challenger. */
export type Comparison = MeasuredComparison | UnmeasuredComparison
export type MeasuredComparison = PairHead & PairDifferences & PairEvidence & (Judged | TooFewItems)
/** Without two clusters of common items there is no standard error, and without common items no difference. */
export type UnmeasuredComparison = PairHead &
  (PairDifferences | Absent<PairDifferences>) &
  Absent<PairEvidence> &
  TooFewItems

type Absent<T> = { [Key in keyof T]?: undefined }

export interface PairHead {
  model: string
  commonItems: number
  /** Common items as a share of the expected ones. */
  coverage: number
  flags: PairFlag[]
}

export interface PairDifferences {
  clusters: number
  clustersEffective: number
  /** Total points. */
  delta: number
  accuracyDelta: number
  /** Of the failure rates, -1 to 1. */
  failDelta: number
  /** Accuracy points by which a challenger may at most be worse. */
  niMargin: number
}

export interface PairEvidence {
  se: number
  accuracySe: number
  /** At least 50 / clusters: as if about one cluster were discordant. */
  seUsed: number
  /** With the two pseudo-clusters. */
  accuracyDeltaUsed: number
  accuracySeUsed: number
  alphaLook: number
  pBetter: number
  pNonInferior: number
  deltaCi95: [number, number]
  /** Lower bound at the level of a switch. */
  deltaLowerSwitch: number
  /** Lower bound at the level of non-inferiority. */
  accuracyLower: number
  /** The gain to expect in service: the observed one, shrunk against the winner's curse. */
  shrunkDelta: number
  /** Smallest gain that this many items detect in 80 % of the cases. */
  mdeTotal80: number
  pFailWorse: number
}

export interface Judged {
  /** Number of looks at this pair, this one included. */
  look: number
  blocked: BlockingReason[]
  /** `drop`: too unlikely to win to go on with. */
  state: 'switch' | 'drop' | 'recommend' | 'inconclusive'
}

export interface TooFewItems {
  look?: undefined
  blocked: ['too_few_items']
  state: 'insufficient_data'
}

/** Whether there was enough in common for a standard error. */
export function isMeasured(comparison: Comparison): comparison is MeasuredComparison {
  return comparison.seUsed !== undefined
}
