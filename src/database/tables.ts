import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { RefusedAddress } from './delivery-queries.ts'
import type { JsonText } from './json-text.ts'
import type { ScoredOutcome } from './outcome-row.ts'

/** The tables and views as Kysely sees them. What each column means is said in the database itself (SQL comments). */
export interface Tables {
  model_registry: ModelRegistryTable
  model_test_runs: ModelTestRunsTable
  model_assignments: ModelAssignmentsTable
  jobs: JobsTable
  golden_dataset_jobs: GoldenDatasetJobsTable
  cycles: CyclesTable
  evaluations: EvaluationsTable
  model_test_outcomes: ModelTestOutcomesTable
  recommendations: RecommendationsTable
  assignment_history: AssignmentHistoryTable
  dataset_versions: DatasetVersionsTable
  model_prices: ModelPricesTable
  test_runs: ModelTestRunsTable
  assignments: ModelAssignmentsTable
  request_days: RequestDaysTable
  alerts: AlertsTable
  tier_references: TierReferencesTable
  tier_leaderboard: TierLeaderboardView
  rollouts: RolloutsTable
  rollout_events: RolloutEventsTable
  rollout_tallies: RolloutTalliesTable
  rollout_watches: RolloutWatchesTable
  live_observations: LiveObservationsTable
  live_minutes: LiveMinutesTable
  tier_pins: TierPinsTable
  api_tokens: ApiTokensTable
  routing_version: RoutingVersionTable
  assignment_log: AssignmentLogView
  model_trends: ModelTrendsView
  weekly_costs: WeeklyCostsView
  cost_days: CostDaysTable
  daily_costs: DailyCostsView
  evaluation_costs: EvaluationCostsTable
  sample_results: SampleResultsTable
  sample_differences: SampleDifferencesTable
  schedule_slots: ScheduleSlotsTable
  deliveries: DeliveriesTable
}

type Json<T> = ColumnType<T, JsonText, JsonText>
type JsonOrNull<T> = ColumnType<T | null, JsonText | null | undefined, JsonText | null>
/** Written by the program or left to the column's default, and read as a date. */
type DefaultTime = ColumnType<Date, Date | undefined, Date>

interface ModelRegistryTable {
  id: Generated<string>
  model_name: string
  model_family: string | null
  tier: string | null
  capabilities: JsonOrNull<Record<string, number>>
  cost_per_1k_input: number | null
  cost_per_1k_output: number | null
  is_active: Generated<boolean>
  added_at: DefaultTime
  metadata: JsonOrNull<JsonObject>
  provider: Generated<string>
  provider_kind: Generated<string>
  provider_model_id: string | null
  base_url: string | null
  context_tokens: number | null
  deactivated_at: Date | null
  deactivation_reason: string | null
}

interface ModelTestRunsTable {
  id: Generated<string>
  test_name: string
  tier_tested: number
  model_name: string | null
  test_dataset_version: string | null
  jobs_tested: number | null
  avg_response_time_ms: number | null
  p95_response_time_ms: number | null
  p99_response_time_ms: number | null
  avg_tokens_used: number | null
  total_tokens_used: number | null
  accuracy_score: number | null
  consistency_score: number | null
  completeness_score: number | null
  test_status: string | null
  test_started_at: Date | null
  test_completed_at: Date | null
  results_summary: JsonOrNull<JsonObject>
  created_at: DefaultTime
  evaluation_id: string | null
  provider: string | null
  role: string | null
  repeats: number | null
  jobs_failed: number | null
  calls_made: number | null
  calls_failed: number | null
  p50_response_time_ms: number | null
  total_input_tokens: number | null
  total_output_tokens: number | null
  cost_usd: number | null
  accuracy_low: number | null
  accuracy_high: number | null
  speed_score: number | null
  cost_score: number | null
  total_score: number | null
  model_versions: string | null
}

interface ModelAssignmentsTable {
  id: Generated<string>
  tier: number
  current_model: string | null
  previous_model: string | null
  assignment_reason: string | null
  assigned_at: DefaultTime
  assigned_by: string | null
  can_auto_rollback: Generated<boolean>
  rollback_threshold_accuracy: number | null
  metadata: JsonOrNull<JsonObject>
}

interface JobsTable {
  id: Generated<string>
  title: string | null
  company: string | null
  location: string | null
  description: string | null
  input: JsonOrNull<JsonObject>
  created_at: DefaultTime
}

interface GoldenDatasetJobsTable {
  id: Generated<string>
  job_id: string | null
  dataset_version: Generated<string>
  tier1_expected_results: JsonOrNull<JsonObject>
  tier2_expected_results: JsonOrNull<JsonObject>
  tier3_expected_results: JsonOrNull<JsonObject>
  job_complexity: string | null
  test_category: string | null
  notes: string | null
  added_at: DefaultTime
  verified_by: string | null
  dataset_name: Generated<string>
  sample_key: string | null
  further_expected_results: JsonOrNull<JsonObject>
}

interface CyclesTable {
  id: string
  status: string
  started_by: string
  started_at: Date
  finished_at: Date | null
  reports: ColumnType<string[], JsonText | undefined, JsonText>
  summary: JsonOrNull<JsonObject>
}

interface EvaluationsTable {
  id: string
  cycle_id: string
  tier: number
  tier_name: string
  name: string
  status: string
  task_folder: string
  dataset_name: string
  dataset_version: string
  dataset_hash: string
  sample_count: number
  sample_keys: Json<string[]>
  seed: number
  models: Json<JsonObject[]>
  skipped: Json<JsonObject[]>
  incumbent: string | null
  decision: Json<JsonObject>
  applies: boolean
  confirms: string | null
  started_at: Date
  finished_at: Date | null
  answers_deleted_at: Date | null
}

interface ModelTestOutcomesTable {
  evaluation_id: string
  model_name: string
  sample_key: string
  repeat: number
  status: string
  score: number | null
  completeness: number | null
  failure_kind: string | null
  failure_message: string | null
  asked_at: Date
  latency_ms: number | null
  waited_ms: number
  attempts: number
  input_tokens: number | null
  output_tokens: number | null
  reasoning_tokens: number | null
  cached_input_tokens: number | null
  cost_usd: number | null
  model_version: string | null
  raw_text: string | null
  answer: JsonOrNull<JsonObject>
  answer_form: string | null
  schema_errors: JsonOrNull<string[]>
  fields: JsonOrNull<ScoredOutcome['fields']>
  warnings: ColumnType<string[], JsonText | undefined, JsonText>
}

interface RecommendationsTable {
  id: string
  evaluation_id: string
  tier: number
  decision: string
  incumbent: string | null
  target: string | null
  confidence: number | null
  reasoning: string
  consumed_look: boolean
  input: Json<JsonObject>
  analysis: Json<JsonObject>
  recommendation: Json<JsonObject>
  decided_at: Date
  followed: ColumnType<string[], JsonText | undefined, JsonText>
}

interface AssignmentHistoryTable {
  id: GeneratedAlways<number>
  tier: number
  model: string | null
  previous_model: string | null
  reason: string | null
  assigned_by: string | null
  assigned_at: Date | null
  evaluation_id: string | null
  recommendation_id: string | null
  evidence: JsonOrNull<JsonObject>
  recorded_at: DefaultTime
}

interface DatasetVersionsTable {
  dataset_name: string
  dataset_version: string
  task: string
  hash: string
  first_used_at: Date
}

interface ModelPricesTable {
  id: GeneratedAlways<number>
  model_name: string
  input_usd_per_1k: number | null
  output_usd_per_1k: number | null
  cached_input_usd_per_1k: number | null
  /** ISO date. */
  as_of: string
  source: string
  recorded_at: Date
}

interface RequestDaysTable {
  provider_key: string
  /** ISO date. */
  day: string
  requests: number
}

interface AlertsTable {
  id: GeneratedAlways<number>
  kind: string
  severity: string
  subject: string
  message: string
  tier: number | null
  model_name: string | null
  evaluation_id: string | null
  raised_at: Date
  key: string | null
  resolved_at: Date | null
  resolution: string | null
  reminded_at: Date | null
  routed_at: Date | null
}

interface TierReferencesTable {
  id: GeneratedAlways<number>
  tier: number
  measure: string
  value: number
  model_name: string | null
  evaluation_id: string | null
  set_at: Date
}

interface TierLeaderboardView {
  tier: number
  tier_name: string
  rank: number | null
  model: string
  provider: string
  role: string
  holds_seat: boolean
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
  status: string
  decision: string | null
  target: string | null
  confidence: number | null
  dataset: string
  sample_count: number
  applies: boolean
  evaluation_id: string
  evaluated_at: Date | null
}

interface RolloutsTable {
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

interface RolloutEventsTable {
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

interface RolloutTalliesTable {
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

interface RolloutWatchesTable {
  rollout_id: string
  counts_epoch: number
  metric: string
  n: number
  events: number
  cusum: number
  highest: number
}

interface LiveObservationsTable {
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

interface LiveMinutesTable {
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

interface TierPinsTable {
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

interface ApiTokensTable {
  id: string
  name: string
  token_hash: string
  created_by: string
  created_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

interface RoutingVersionTable {
  only_row: Generated<boolean>
  version: number
}

interface AssignmentLogView {
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

interface ModelTrendsView {
  tier: number
  tier_name: string
  /** ISO date. */
  week: string
  evaluated_at: Date | null
  evaluation_id: string
  model: string
  provider: string
  role: string
  status: string
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
  dataset: string
  sample_count: number
  model_versions: string | null
  changed: string | null
  epoch: number
  applies: boolean
}

interface WeeklyCostsView {
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

interface DeliveriesTable {
  id: GeneratedAlways<number>
  key: string
  channel: string
  recipient: string
  kind: string
  cycle_id: string | null
  alert_id: number | null
  subject: string | null
  status: string
  tries: Generated<number>
  next_try_at: Date | null
  last_error: string | null
  reference: string | null
  partly_refused: ColumnType<RefusedAddress[], JsonText | undefined, JsonText>
  sent_with: string | null
  created_at: Date
  sent_at: Date | null
}

interface SampleResultsTable {
  evaluation_id: string
  sample_key: string
  models: number
  models_right: number
  accuracy: number
}

interface SampleDifferencesTable {
  evaluation_id: string
  challenger: string
  rank: number
  sample_key: string
  held: string
  accuracy: number
  total: number
  pull: number
}

interface ScheduleSlotsTable {
  schedule: string
  due_at: Date
  state: string
  expression: string
  round_at: Date | null
  not_before: Date | null
  tries: Generated<number>
  claimed_by: string
  claimed_at: Date
  started_at: Date | null
  finished_at: Date | null
  cycle_id: string | null
  note: string | null
}

interface CostSums {
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

interface CostDaysTable extends CostSums {
  model_name: string
}

interface EvaluationCostsTable {
  evaluation_id: string
  day: string
  model_name: string
  calls: number
  input_tokens: number | null
  output_tokens: number | null
  cost_usd: number | null
  calls_of_unknown_cost: number
}

interface DailyCostsView extends CostSums {
  model: string
}
