import type { CostDaysTable, DailyCostsView, EvaluationCostsTable, WeeklyCostsView } from './cost-tables.ts'
import type {
  AssignmentHistoryTable,
  CyclesTable,
  DatasetVersionsTable,
  EvaluationsTable,
  GoldenDatasetJobsTable,
  JobsTable,
  ModelAssignmentsTable,
  ModelPricesTable,
  ModelRegistryTable,
  ModelTestOutcomesTable,
  ModelTestRunsTable,
  RecommendationsTable,
  SampleDifferencesTable,
  SampleResultsTable,
  TierReferencesTable,
} from './evaluation-tables.ts'
import type { AssignmentLogView, ModelTrendsView, TierLeaderboardView } from './evaluation-views.ts'
import type {
  LiveMinutesTable,
  LiveObservationsTable,
  ObservationWritersTable,
  RolloutEventsTable,
  RolloutsTable,
  RolloutTalliesTable,
  RolloutWatchesTable,
  RoutingVersionTable,
  TierPinsTable,
} from './rollout-tables.ts'
import type {
  AlertsTable,
  ApiTokensTable,
  DeliveriesTable,
  RequestDaysTable,
  ScheduleSlotsTable,
  ServicePresenceTable,
} from './service-tables.ts'

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
  observation_writers: ObservationWritersTable
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
  service_presence: ServicePresenceTable
  deliveries: DeliveriesTable
}
