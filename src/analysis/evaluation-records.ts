/**
 * What `analyse` and `recommend` take: plain data in the JSON format of `decisions/` (its fixtures and
 * `incumbent recommend --from file.json`). "item" is there what is a sample elsewhere.
 */
export interface EvaluationRecords {
  tier?: string | number | null
  incumbent?: string | null
  refs: { latencyMs: number; costUsd: number }
  looks?: Record<string, number>
  weeksSinceSwitch?: number | null
  items?: string[] | null
  challengers?: number | null
  config?: Partial<DecisionSettings>
  records: EvaluationRecord[]
}

export interface EvaluationRecord {
  item: string
  model: string
  repeat: number
  ok: boolean
  accuracy?: number | null
  latencyMs?: number | null
  costUsd?: number | null
  cluster?: string | null
  week?: number | string | null
}

/** The settings of decisions.md section 6 with their names there. */
export interface DecisionSettings {
  weights: { accuracy: number; speed: number; cost: number }
  spanSpeed: number
  spanCost: number
  confidence: number
  alphaTotal: number
  maxLooks: number
  minDelta: number
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
  bootstrap: number
  seed: number
  tieTol: number
  tau: number
}
