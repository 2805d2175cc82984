import type { DecisionSettings, EvaluationRecords } from './evaluation-records.ts'

/** The defaults of decisions.md section 6. */
export const defaultSettings: DecisionSettings = {
  weights: { accuracy: 0.5, speed: 0.3, cost: 0.2 },
  formula: null,
  spanSpeed: 4,
  spanCost: 10,
  confidence: 0.8,
  alphaTotal: 0.1,
  maxLooks: 4,
  minDelta: 1,
  niMargin: null,
  niLevel: 0.95,
  minItemsAdvisory: 10,
  minItemsSwitch: 30,
  minCoverage: 0.95,
  failCap: 0.1,
  failDelta: 0.02,
  failLevel: 0.95,
  cooldownWeeks: 2,
  invalidRunFailRate: 0.5,
  futility: 0.2,
  futilityMinItems: 30,
  sloP95Ms: null,
  bootstrap: 2000,
  seed: 20_240_501,
  tieTol: 1e-9,
  tau: 3,
}

/** The defaults with what the records override. */
export function settingsOf(records: EvaluationRecords): DecisionSettings {
  return { ...defaultSettings, ...records.config }
}
