import type { Generated, GeneratedAlways } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { Json, JsonOrNull } from './column-types.ts'

/** What is on its way to a seat, and the live requests that it is judged by. */

export interface RolloutsTable {
  id: string
  tier: number
  kind: string
  incumbent: string
  challenger: string
  stage: GeneratedAlways<string>
  share: GeneratedAlways<number | null>
  sentence: string
  since: Date
  created_at: Date
  verdict: string
  evaluation_id: string | null
  recommendation_id: string | null
  epoch: string | null
  approved_by: string | null
  confirmation: string | null
  counts_epoch: number
  state: Json<JsonObject>
  baseline: JsonOrNull<JsonObject>
  settings: Json<JsonObject>
}

export interface RolloutEventsTable {
  id: GeneratedAlways<number>
  rollout_id: string
  tier: number
  at: Date
  by: string
  event: string
  from_stage: string | null
  to_stage: string
  sentence: string
  reason: string | null
  evidence: JsonOrNull<JsonObject>
}

export interface RolloutTalliesTable {
  rollout_id: string
  counts_epoch: number
  arm: string
  n: number
  errors: number
  invalid: number
  slow: number
  compared: number
  disagree: number
}

export interface RolloutWatchesTable {
  rollout_id: string
  counts_epoch: number
  metric: string
  n: number
  events: number
  cusum: number
  highest: number
}

export interface LiveObservationsTable {
  id: GeneratedAlways<number>
  at: Date
  request_id: string
  tier: number | null
  model_name: string
  rollout_id: string | null
  counts_epoch: number | null
  arm: string
  stage: string
  attempt: number
  outcome: string
  failure_kind: string | null
  invalid: boolean | null
  slow: boolean | null
  disagrees: boolean | null
  latency_ms: number | null
  first_token_ms: number | null
  input_tokens: number | null
  output_tokens: number | null
  reasoning_tokens: number | null
  cached_input_tokens: number | null
  cost_usd: number | null
}

export interface LiveMinutesTable {
  minute: Date
  tier: number | null
  model_name: string
  arm: string
  stage: string
  n: number
  first_attempts: number
  errors: number
  cancelled: number
  invalid: number
  slow: number
  input_tokens: number | null
  output_tokens: number | null
  cost_usd: number | null
  of_unknown_cost: number
  first_bucket: number | null
  latency_counts: number[] | null
}

export interface ObservationWritersTable {
  writer: string
  last_batch: number
  stored_at: Date
}

export interface TierPinsTable {
  id: GeneratedAlways<number>
  tier: number
  model_name: string
  pinned_by: string
  reason: string
  pinned_at: Date
  unpinned_by: string | null
  unpin_reason: string | null
  unpinned_at: Date | null
}

export interface RoutingVersionTable {
  only_row: Generated<boolean>
  version: number
}
