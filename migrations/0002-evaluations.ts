import { type Kysely, sql } from 'kysely'

/**
 * What the source document's tables lack, as additional columns, and the tables of evaluations: what was planned, every
 * outcome, every verdict with all that it was made from, and the history of the seats, which nothing can rewrite.
 *
 * Outcomes are `numeric` without a scale: it gives back each figure as it was measured, and SQL can round it. Their
 * ranges have room for the last digit of a weighted mean.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...columns, ...indexes, ...history]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of reversal) await sql.raw(statement).execute(db)
}

const tables = [
  `CREATE TABLE cycles (
    id uuid PRIMARY KEY,
    status varchar(20) NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'interrupted')),
    started_by varchar(100) NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    reports jsonb NOT NULL DEFAULT '[]',
    summary jsonb
  )`,
  `CREATE TABLE evaluations (
    id uuid PRIMARY KEY,
    cycle_id uuid NOT NULL REFERENCES cycles (id) ON DELETE RESTRICT,
    tier integer NOT NULL CHECK (tier >= 1),
    tier_name text NOT NULL,
    name varchar(200) NOT NULL,
    status varchar(20) NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'interrupted', 'invalid')),
    task_folder text NOT NULL,
    dataset_name varchar(100) NOT NULL,
    dataset_version varchar(50) NOT NULL,
    dataset_hash varchar(64) NOT NULL,
    sample_count integer NOT NULL CHECK (sample_count >= 0),
    sample_keys jsonb NOT NULL,
    seed bigint NOT NULL,
    models jsonb NOT NULL,
    skipped jsonb NOT NULL,
    incumbent varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    decision jsonb NOT NULL,
    applies boolean NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz
  )`,
  `CREATE TABLE model_test_outcomes (
    evaluation_id uuid NOT NULL REFERENCES evaluations (id) ON DELETE RESTRICT,
    model_name varchar(100) NOT NULL REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    sample_key text NOT NULL,
    repeat integer NOT NULL CHECK (repeat >= 0),
    status varchar(20) NOT NULL CHECK (status IN ('scored', 'failed')),
    score numeric CHECK (score > -0.000001 AND score < 100.000001),
    completeness numeric CHECK (completeness > -0.000001 AND completeness < 100.000001),
    failure_kind varchar(50),
    failure_message text,
    asked_at timestamptz NOT NULL,
    latency_ms numeric CHECK (latency_ms >= 0),
    waited_ms numeric NOT NULL CHECK (waited_ms >= 0),
    attempts integer NOT NULL CHECK (attempts >= 0),
    input_tokens bigint CHECK (input_tokens >= 0),
    output_tokens bigint CHECK (output_tokens >= 0),
    reasoning_tokens bigint CHECK (reasoning_tokens >= 0),
    cached_input_tokens bigint CHECK (cached_input_tokens >= 0),
    cost_usd numeric CHECK (cost_usd >= 0),
    model_version text,
    raw_text text,
    answer jsonb,
    answer_form varchar(20),
    schema_errors jsonb,
    fields jsonb,
    warnings jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (evaluation_id, model_name, sample_key, repeat),
    CHECK (status = 'scored' AND score IS NOT NULL OR status = 'failed' AND failure_kind IS NOT NULL)
  )`,
  `CREATE TABLE recommendations (
    id uuid PRIMARY KEY,
    evaluation_id uuid NOT NULL UNIQUE REFERENCES evaluations (id) ON DELETE RESTRICT,
    tier integer NOT NULL CHECK (tier >= 1),
    decision varchar(50) NOT NULL,
    incumbent varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    target varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    confidence numeric CHECK (confidence BETWEEN 0 AND 1),
    reasoning text NOT NULL,
    consumed_look boolean NOT NULL,
    input jsonb NOT NULL,
    analysis jsonb NOT NULL,
    recommendation jsonb NOT NULL,
    decided_at timestamptz NOT NULL
  )`,
  `CREATE TABLE assignment_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tier integer NOT NULL,
    model varchar(100),
    previous_model varchar(100),
    reason text,
    assigned_by varchar(100),
    assigned_at timestamptz,
    evaluation_id uuid REFERENCES evaluations (id) ON DELETE RESTRICT,
    recommendation_id uuid REFERENCES recommendations (id) ON DELETE RESTRICT,
    evidence jsonb,
    recorded_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE dataset_versions (
    dataset_name varchar(100) NOT NULL,
    dataset_version varchar(50) NOT NULL,
    task text NOT NULL,
    hash varchar(64) NOT NULL,
    first_used_at timestamptz NOT NULL,
    PRIMARY KEY (dataset_name, dataset_version, task)
  )`,
  `CREATE TABLE model_prices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model_name varchar(100) NOT NULL REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    input_usd_per_1k numeric CHECK (input_usd_per_1k >= 0),
    output_usd_per_1k numeric CHECK (output_usd_per_1k >= 0),
    cached_input_usd_per_1k numeric CHECK (cached_input_usd_per_1k >= 0),
    as_of date NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL
  )`,
]

const columns = [
  // The document's registry holds Gemini models only, so its own INSERTs, which name no provider, mean gemini.
  `ALTER TABLE model_registry
    ADD COLUMN provider varchar(100) NOT NULL DEFAULT 'gemini',
    ADD COLUMN provider_kind varchar(20) NOT NULL DEFAULT 'gemini',
    ADD COLUMN provider_model_id varchar(200),
    ADD COLUMN base_url text,
    ADD COLUMN context_tokens integer CHECK (context_tokens > 0),
    ADD COLUMN deactivated_at timestamptz,
    ADD COLUMN deactivation_reason text`,
  `ALTER TABLE model_test_runs
    ADD COLUMN evaluation_id uuid REFERENCES evaluations (id) ON DELETE RESTRICT,
    ADD COLUMN provider varchar(100),
    ADD COLUMN role varchar(20) CHECK (role IN ('incumbent', 'challenger', 'baseline')),
    ADD COLUMN repeats integer CHECK (repeats >= 1),
    ADD COLUMN jobs_failed integer CHECK (jobs_failed >= 0),
    ADD COLUMN calls_made integer CHECK (calls_made >= 0),
    ADD COLUMN calls_failed integer CHECK (calls_failed >= 0),
    ADD COLUMN p50_response_time_ms integer CHECK (p50_response_time_ms >= 0),
    ADD COLUMN total_input_tokens bigint CHECK (total_input_tokens >= 0),
    ADD COLUMN total_output_tokens bigint CHECK (total_output_tokens >= 0),
    ADD COLUMN cost_usd numeric CHECK (cost_usd >= 0),
    ADD COLUMN accuracy_low numeric(5, 2),
    ADD COLUMN accuracy_high numeric(5, 2),
    ADD COLUMN speed_score numeric(5, 2),
    ADD COLUMN cost_score numeric(5, 2),
    ADD COLUMN total_score numeric(5, 2)`,
  `ALTER TABLE golden_dataset_jobs
    ADD COLUMN dataset_name varchar(100) NOT NULL DEFAULT 'job-analysis',
    ADD COLUMN sample_key text,
    ADD COLUMN further_expected_results jsonb`,
]

const indexes = [
  "CREATE UNIQUE INDEX evaluations_one_running_per_tier ON evaluations (tier) WHERE status = 'running'",
  'CREATE INDEX evaluations_tier_started ON evaluations (tier, started_at DESC)',
  'CREATE INDEX evaluations_cycle ON evaluations (cycle_id)',
  'CREATE UNIQUE INDEX model_test_runs_evaluation_model ON model_test_runs (evaluation_id, model_name)',
  'CREATE INDEX recommendations_tier_decided ON recommendations (tier, decided_at DESC)',
  'CREATE INDEX assignment_history_tier ON assignment_history (tier, id)',
  'CREATE INDEX model_prices_model ON model_prices (model_name, id)',
  'CREATE INDEX cycles_started ON cycles (started_at DESC)',
  'CREATE INDEX model_test_outcomes_asked ON model_test_outcomes (asked_at)',
]

// Triggers, so that a seat changed by hand with the document's own UPDATE is in the history too.
const history = [
  `CREATE FUNCTION append_assignment_history() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    grounds jsonb := NEW.metadata;
  BEGIN
    -- Metadata that this change left as it was belongs to an earlier one.
    IF TG_OP = 'UPDATE' AND NEW.metadata IS NOT DISTINCT FROM OLD.metadata THEN
      grounds := NULL;
    END IF;
    INSERT INTO assignment_history
      (tier, model, previous_model, reason, assigned_by, assigned_at, evaluation_id, recommendation_id, evidence)
    VALUES
      (NEW.tier, NEW.current_model, NEW.previous_model, NEW.assignment_reason, NEW.assigned_by, NEW.assigned_at,
       (grounds ->> 'evaluationId')::uuid, (grounds ->> 'recommendationId')::uuid, grounds -> 'evidence');
    RETURN NEW;
  END $$`,
  `CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'assignment_history is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
  END $$`,
  `CREATE TRIGGER append_assignment_history_insert AFTER INSERT ON model_assignments
    FOR EACH ROW EXECUTE FUNCTION append_assignment_history()`,
  `CREATE TRIGGER append_assignment_history_update AFTER UPDATE ON model_assignments
    FOR EACH ROW WHEN (
      (OLD.current_model, OLD.previous_model, OLD.assignment_reason, OLD.assigned_by, OLD.assigned_at)
      IS DISTINCT FROM
      (NEW.current_model, NEW.previous_model, NEW.assignment_reason, NEW.assigned_by, NEW.assigned_at)
    ) EXECUTE FUNCTION append_assignment_history()`,
  `INSERT INTO assignment_history (tier, model, previous_model, reason, assigned_by, assigned_at)
    SELECT tier, current_model, previous_model, assignment_reason, assigned_by, assigned_at
    FROM model_assignments ORDER BY tier`,
  `CREATE TRIGGER refuse_history_change BEFORE UPDATE OR DELETE OR TRUNCATE ON assignment_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()`,
]

const reversal = [
  'DROP TRIGGER append_assignment_history_update ON model_assignments',
  'DROP TRIGGER append_assignment_history_insert ON model_assignments',
  'DROP TABLE assignment_history',
  'DROP FUNCTION refuse_history_change',
  'DROP FUNCTION append_assignment_history',
  `ALTER TABLE golden_dataset_jobs
    DROP COLUMN dataset_name, DROP COLUMN sample_key, DROP COLUMN further_expected_results`,
  `ALTER TABLE model_test_runs
    DROP COLUMN evaluation_id, DROP COLUMN provider, DROP COLUMN role, DROP COLUMN repeats, DROP COLUMN jobs_failed,
    DROP COLUMN calls_made, DROP COLUMN calls_failed, DROP COLUMN p50_response_time_ms,
    DROP COLUMN total_input_tokens, DROP COLUMN total_output_tokens, DROP COLUMN cost_usd, DROP COLUMN accuracy_low,
    DROP COLUMN accuracy_high, DROP COLUMN speed_score, DROP COLUMN cost_score, DROP COLUMN total_score`,
  `ALTER TABLE model_registry
    DROP COLUMN provider, DROP COLUMN provider_kind, DROP COLUMN provider_model_id, DROP COLUMN base_url,
    DROP COLUMN context_tokens, DROP COLUMN deactivated_at, DROP COLUMN deactivation_reason`,
  'DROP TABLE model_prices',
  'DROP TABLE dataset_versions',
  'DROP TABLE recommendations',
  'DROP TABLE model_test_outcomes',
  'DROP TABLE evaluations',
  'DROP TABLE cycles',
]
