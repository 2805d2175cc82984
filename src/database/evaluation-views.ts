/** Views that tell of evaluations and seats. */

/** A model in an evaluation, with what was measured of it. */
interface RunFigures {
  tier: number
  tier_name: string
  model: string
  provider: string
  role: string
  status: string
  dataset: string
  sample_count: number
  evaluation_id: string
  evaluated_at: Date | null
  applies: boolean
  accuracy: number | null
  accuracy_low: number | null
  accuracy_high: number | null
  speed: number | null
  cost: number | null
  total: number | null
  p50_ms: number | null
  p95_ms: number | null
  cost_usd: number | null
  cost_usd_per_call: number | null
  calls_made: number | null
  calls_failed: number | null
}

export interface TierLeaderboardView extends RunFigures {
  rank: number | null
  holds_seat: boolean
  decision: string | null
  target: string | null
  confidence: number | null
}

export interface AssignmentLogView {
  at: Date | null
  tier: number
  by: string | null
  what: string
  model: string | null
  previous_model: string | null
  why: string | null
  evaluation_id: string | null
  rollout_id: string | null
}

export interface ModelTrendsView extends RunFigures {
  /** ISO date. */
  week: string
  model_versions: string | null
  changed: string | null
  epoch: number
}
