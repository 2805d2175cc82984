import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { DefaultTime, Json, JsonOrNull } from './column-types.ts'
import type { JsonText } from './json-text.ts'
import type { ScoredOutcome } from './outcome-row.ts'

/** Models, golden data, evaluations with their outcomes and verdicts, and who holds the seats. */

export interface ModelRegistryTable {
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

export interface ModelTestRunsTable {
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

export interface ModelAssignmentsTable {
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

export interface JobsTable {
  id: Generated<string>
  title: string | null
  company: string | null
  location: string | null
  description: string | null
  input: JsonOrNull<JsonObject>
  created_at: DefaultTime
}

export interface GoldenDatasetJobsTable {
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

export interface CyclesTable {
  id: string
  status: string
  started_by: string
  started_at: Date
  finished_at: Date | null
  reports: ColumnType<string[], JsonText | undefined, JsonText>
  summary: JsonOrNull<JsonObject>
}

export interface EvaluationsTable {
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

export interface ModelTestOutcomesTable {
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

export interface RecommendationsTable {
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

export interface AssignmentHistoryTable {
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

export interface DatasetVersionsTable {
  dataset_name: string
  dataset_version: string
  task: string
  hash: string
  first_used_at: Date
}

export interface ModelPricesTable {
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

export interface TierReferencesTable {
  id: GeneratedAlways<number>
  tier: number
  measure: string
  value: number
  model_name: string | null
  evaluation_id: string | null
  set_at: Date
}

export interface SampleResultsTable {
  evaluation_id: string
  sample_key: string
  models: number
  models_right: number
  accuracy: number
}

export interface SampleDifferencesTable {
  evaluation_id: string
  challenger: string
  rank: number
  sample_key: string
  held: string
  accuracy: number
  total: number
  pull: number
}
