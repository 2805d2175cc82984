import { type Kysely, sql } from 'kysely'

/**
 * Runs that were made and not judged, the references that a tier's incumbent has set, and what is stored of verdicts that
 * rest on more than one evaluation.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...statusNow, leaderboard(ranked), ...references, ...stored]) {
    await sql.raw(statement).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of ['DROP TABLE tier_references', leaderboard(anyStatus), ...statusBefore]) {
    await sql.raw(statement).execute(db)
  }
}

const statuses = ['running', 'completed', 'failed', 'interrupted', 'invalid']

const statusNow = [
  ...statusCheck([...statuses, 'dropped', 'locked']),
  `COMMENT ON COLUMN model_test_runs.test_status IS 'running, completed, failed (no call was scored), interrupted (its process is gone), invalid (its provider failed too often), dropped (racing ended it early) or locked (a challenger that is not compared any more). Only completed and failed runs were judged.'`,
  `COMMENT ON COLUMN tier_leaderboard.rank IS 'Place by total among the models that were judged; NULL for baselines and where there is no total.'`,
]
const statusBefore = [
  "UPDATE model_test_runs SET test_status = 'completed' WHERE test_status IN ('dropped', 'locked')",
  ...statusCheck(statuses),
]

function statusCheck(allowed: readonly string[]): string[] {
  const list = allowed.map((status) => `'${status}'`).join(', ')
  return [
    'ALTER TABLE model_test_runs DROP CONSTRAINT model_test_runs_test_status_check',
    `ALTER TABLE model_test_runs ADD CONSTRAINT model_test_runs_test_status_check CHECK (test_status IN (${list}))`,
  ]
}

const anyStatus = 'true'
const ranked = "run.test_status NOT IN ('dropped', 'locked')"

/** A model that was asked a part of the samples has a total that cannot be held against the others. */
function leaderboard(isRanked: string): string {
  return `CREATE OR REPLACE VIEW tier_leaderboard AS
    WITH latest AS (
      SELECT DISTINCT ON (tier) *
      FROM evaluations
      WHERE status = 'completed'
      ORDER BY tier, started_at DESC
    )
    SELECT
      latest.tier,
      latest.tier_name,
      CASE
        WHEN run.role = 'baseline' OR run.total_score IS NULL OR NOT (${isRanked}) THEN NULL
        ELSE rank() OVER (
          PARTITION BY latest.tier, run.role = 'baseline', ${isRanked} ORDER BY run.total_score DESC NULLS LAST)
      END AS rank,
      run.model_name AS model,
      run.provider,
      run.role,
      seat.current_model IS NOT DISTINCT FROM run.model_name AS holds_seat,
      run.accuracy_score AS accuracy,
      run.accuracy_low,
      run.accuracy_high,
      run.speed_score AS speed,
      run.cost_score AS cost,
      run.total_score AS total,
      run.p50_response_time_ms AS p50_ms,
      run.p95_response_time_ms AS p95_ms,
      run.cost_usd,
      run.cost_usd / nullif(run.calls_made, 0) AS cost_usd_per_call,
      run.calls_made,
      run.calls_failed,
      run.test_status AS status,
      verdict.decision,
      verdict.target,
      verdict.confidence,
      latest.dataset_name || '@' || latest.dataset_version AS dataset,
      latest.sample_count,
      latest.applies,
      latest.id AS evaluation_id,
      latest.finished_at AS evaluated_at
    FROM latest
    JOIN model_test_runs AS run ON run.evaluation_id = latest.id
    LEFT JOIN model_assignments AS seat ON seat.tier = latest.tier
    LEFT JOIN recommendations AS verdict ON verdict.evaluation_id = latest.id
    ORDER BY latest.tier, run.role = 'baseline', run.total_score DESC NULLS LAST, run.model_name`
}

const references = [
  `CREATE TABLE tier_references (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tier integer NOT NULL CHECK (tier >= 1),
    measure varchar(20) NOT NULL CHECK (measure IN ('latency_ms', 'cost_usd')),
    value numeric NOT NULL CHECK (value > 0),
    model_name varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    evaluation_id uuid REFERENCES evaluations (id) ON DELETE RESTRICT,
    set_at timestamptz NOT NULL
  )`,
  'CREATE INDEX tier_references_tier ON tier_references (tier, measure, id)',
  "COMMENT ON TABLE tier_references IS 'What speed and cost are scored against where the configuration has no target: set by the first baseline of an incumbent, then frozen. The newest row of a tier and measure counts; older ones tell what earlier epochs were scored against.'",
  "COMMENT ON COLUMN tier_references.id IS 'Number of the version.'",
  "COMMENT ON COLUMN tier_references.tier IS 'Tier.'",
  "COMMENT ON COLUMN tier_references.measure IS 'latency_ms or cost_usd.'",
  "COMMENT ON COLUMN tier_references.value IS 'Milliseconds, or US dollars per call: what scores 50.'",
  "COMMENT ON COLUMN tier_references.model_name IS 'Incumbent whose median it is.'",
  "COMMENT ON COLUMN tier_references.evaluation_id IS 'Evaluation in which it was measured; the next one is the first of the new epoch.'",
  "COMMENT ON COLUMN tier_references.set_at IS 'When it was set.'",
]

// What was decided before knew no history: it is told so, and is not pooled with what comes.
const stored = [
  `UPDATE evaluations SET decision = decision || jsonb_build_object(
    'epoch', jsonb_build_object('shared', (decision -> 'epoch') - 'prices', 'models', '{}'::jsonb),
    'history', '{"earlier": [], "previous": null, "heldSince": null, "weeksSinceSwitch": null}'::jsonb,
    'racing', false, 'creep', null, 'rollbackThreshold', null)
  WHERE jsonb_typeof(decision -> 'epoch' -> 'prompt') = 'string'`,
  `UPDATE recommendations AS verdict SET input = jsonb_build_object(
    'week', to_char(evaluation.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || evaluation.id,
    'judged', '[]'::jsonb, 'pooled', '[]'::jsonb, 'verdicts', '[]'::jsonb, 'dropped', '[]'::jsonb,
    'locked', '[]'::jsonb, 'epochChanges', '[]'::jsonb, 'leftOut', '[]'::jsonb, 'refusal', null, 'drift', null)
    || verdict.input
  FROM evaluations AS evaluation WHERE evaluation.id = verdict.evaluation_id AND NOT verdict.input ? 'judged'`,
]
