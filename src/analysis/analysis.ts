/** `analyse` sets the first four; the clamped ones come from `clampedUtilities`. */
export type ModelFlag =
  | 'latency_missing'
  | 'cost_missing'
  | 'all_failed'
  | 'too_few_items'
  | 'speed_clamped'
  | 'cost_clamped'

/** What the records say about each model by itself. Unknown is null, never 0. */
export interface Analysis {
  tier: string | number | null
  models: Record<string, ModelAnalysis>
}

export interface ModelAnalysis {
  items: number
  clusters: number
  records: number
  failed: number
  /** 0 to 1. */
  failureRate: number
  /** Wilson's interval. */
  failureCi95: [number, number]
  /** 0 to 100; failures count 0. */
  accuracy: number
  /** Null with fewer than two clusters. */
  accuracySe: number | null
  accuracyCi95: [number, number] | null
  /** Mean over the answered calls only: shown beside the failure rate, never deciding. */
  accuracyOkOnly: number | null
  /** Milliseconds, of answered calls with a known latency; n is their number. */
  latency: { mean: number | null; p50: number | null; p95: number | null; p99: number | null; n: number }
  /** US dollars, failures included; perOk is all that was spent, per answered call. */
  cost: { total: number | null; perCall: number | null; perOk: number | null }
  /** 100 − 2 × the mean standard deviation of an item's repeats; null without repeats. */
  consistency: number | null
  /** Accuracy points; null without repeats. */
  withinItemSd: number | null
  /** Share of the items whose repeats all scored the same; null without repeats. */
  unanimousRate: number | null
  /**
   * 0 to 100 each. With a cost missing, the total is only for show: of accuracy and speed alone, or what the tier's own
   * formula gives for a cost of 0.
   */
  scores: { accuracy: number; speed: number; cost: number | null; total: number }
  flags: ModelFlag[]
}
