/**
 * What `analyse` and `recommend` take: plain data in the JSON format of `decisions/` (its fixtures and
 * `incumbent recommend --from file.json`). "item" is there what is a sample elsewhere.
 */
export interface EvaluationRecords {
  tier?: string | number | null | undefined
  /** Null or absent: the seat is vacant. */
  incumbent?: string | null | undefined
  /** Where the utilities of speed and cost are 50: finite and above 0. */
  refs: { latencyMs: number; costUsd: number }
  /** Challenger → number of looks at the pair of incumbent and challenger, this one included; 1 where absent. */
  looks?: Readonly<Record<string, number>> | null | undefined
  /** Null or absent: the seat never changed hands. */
  weeksSinceSwitch?: number | null | undefined
  /** The items that were to be asked; records of others are ignored. Absent or empty: whatever the records name. */
  items?: readonly string[] | null | undefined
  /** Challengers that started this run, those dropped by racing included. */
  challengers?: number | null | undefined
  config?: Partial<DecisionSettings> | null | undefined
  records: readonly EvaluationRecord[]
}

/** One planned call. A call without an answer is a record with `ok: false`, never a missing record. */
export interface EvaluationRecord {
  item: string
  model: string
  repeat: number
  ok: boolean
  /** 0 to 100; null or absent makes the record a failure. */
  accuracy?: number | null | undefined
  latencyMs?: number | null | undefined
  costUsd?: number | null | undefined
  /** Items that are not independent share one; null, absent and '' mean the item itself. */
  cluster?: string | null | undefined
  /** All records have one, or none. Later weeks compare as greater. */
  week?: Week | undefined
}

export type Week = number | string | null

/** The settings of decisions.md section 6 with their names there. */
export interface DecisionSettings {
  /** Sum 1. */
  weights: { accuracy: number; speed: number; cost: number }
  /** Replaces the weighted sum in the total, per item: a formula that `checkFormula` accepts; null: the weights count. */
  formula: string | null
  spanSpeed: number
  spanCost: number
  /** Above which a challenger is good enough for the shadow. */
  confidence: number
  /** Probability of a false switch over all looks at all challengers. */
  alphaTotal: number
  maxLooks: number
  /** Total points. */
  minDelta: number
  /** Accuracy points; null: 5, 4 or 3 by the number of clusters. */
  niMargin: number | null
  niLevel: number
  minItemsAdvisory: number
  minItemsSwitch: number
  minCoverage: number
  failCap: number
  failDelta: number
  failLevel: number
  cooldownWeeks: number
  invalidRunFailRate: number
  futility: number
  futilityMinItems: number
  sloP95Ms: number | null
  /** Resamples; 0 leaves the probabilities of being best out, which decide nothing but the words of a first assignment. */
  bootstrap: number
  seed: number
  tieTol: number
  /** Standard deviation, in total points, of true gains: how far an observed gain is shrunk. */
  tau: number
}
