/** What tests and live requests cost. */

export interface WeeklyCostsView {
  /** ISO date. */
  week: string
  tier: number | null
  model: string
  test_calls: number
  test_cost_usd: number | null
  live_calls: number
  live_cost_usd: number | null
  shadow_calls: number
  shadow_cost_usd: number | null
  calls: number
  cost_usd: number | null
  calls_of_unknown_cost: number
}

export interface CostSums {
  /** ISO date. */
  day: string
  tier: number | null
  purpose: string
  calls: number
  requests: number
  input_tokens: number | null
  output_tokens: number | null
  cost_usd: number | null
  calls_of_unknown_cost: number
}

export interface CostDaysTable extends CostSums {
  model_name: string
}

export interface EvaluationCostsTable {
  evaluation_id: string
  day: string
  model_name: string
  calls: number
  input_tokens: number | null
  output_tokens: number | null
  cost_usd: number | null
  calls_of_unknown_cost: number
}

export interface DailyCostsView extends CostSums {
  model: string
}
