import { type Kysely, sql } from 'kysely'

/**
 * The tables of the source document with its names, columns, types, defaults, indexes and rows, so that its SQL works.
 * What differs, and why: TIMESTAMP is timestamptz (an instant, whatever the server's time zone is); `jobs`, which the
 * document references and does not define, is created; CHECKs hold the values that its comments name; foreign keys say
 * RESTRICT, as a model is retired with `is_active` and never deleted; a job is in a dataset version once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...indexes, ...rows]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['golden_dataset_jobs', 'jobs', 'model_assignments', 'model_test_runs', 'model_registry']) {
    await sql.raw(`DROP TABLE ${table}`).execute(db)
  }
}

const tables = [
  `CREATE TABLE model_registry (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    model_name varchar(100) NOT NULL UNIQUE,
    model_family varchar(50),
    tier varchar(20) CHECK (tier IN ('free', 'paid')),
    capabilities jsonb,
    cost_per_1k_input numeric(10, 6) CHECK (cost_per_1k_input >= 0),
    cost_per_1k_output numeric(10, 6) CHECK (cost_per_1k_output >= 0),
    is_active boolean DEFAULT TRUE,
    added_at timestamptz DEFAULT now(),
    metadata jsonb
  )`,
  `CREATE TABLE model_test_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    test_name varchar(200) NOT NULL,
    tier_tested integer NOT NULL CHECK (tier_tested >= 1),
    model_name varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    test_dataset_version varchar(50),
    jobs_tested integer CHECK (jobs_tested >= 0),
    avg_response_time_ms integer CHECK (avg_response_time_ms >= 0),
    p95_response_time_ms integer CHECK (p95_response_time_ms >= 0),
    p99_response_time_ms integer CHECK (p99_response_time_ms >= 0),
    avg_tokens_used integer CHECK (avg_tokens_used >= 0),
    total_tokens_used integer CHECK (total_tokens_used >= 0),
    accuracy_score numeric(5, 2) CHECK (accuracy_score BETWEEN 0 AND 100),
    consistency_score numeric(5, 2) CHECK (consistency_score BETWEEN 0 AND 100),
    completeness_score numeric(5, 2) CHECK (completeness_score BETWEEN 0 AND 100),
    test_status varchar(50) CHECK (test_status IN ('running', 'completed', 'failed', 'interrupted', 'invalid')),
    test_started_at timestamptz,
    test_completed_at timestamptz,
    results_summary jsonb,
    created_at timestamptz DEFAULT now()
  )`,
  `CREATE TABLE model_assignments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tier integer NOT NULL UNIQUE CHECK (tier >= 1),
    current_model varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    previous_model varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    assignment_reason text,
    assigned_at timestamptz DEFAULT now(),
    assigned_by varchar(100) CHECK (assigned_by IN ('system', 'auto') OR assigned_by LIKE 'manual:_%'),
    can_auto_rollback boolean DEFAULT TRUE,
    rollback_threshold_accuracy numeric(5, 2) CHECK (rollback_threshold_accuracy BETWEEN 0 AND 100),
    metadata jsonb
  )`,
  `CREATE TABLE jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    title text,
    company text,
    location text,
    description text,
    input jsonb,
    created_at timestamptz DEFAULT now()
  )`,
  `CREATE TABLE golden_dataset_jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id uuid REFERENCES jobs (id) ON DELETE RESTRICT,
    dataset_version varchar(50) DEFAULT 'v1',
    tier1_expected_results jsonb,
    tier2_expected_results jsonb,
    tier3_expected_results jsonb,
    job_complexity varchar(20) CHECK (job_complexity IN ('simple', 'moderate', 'complex')),
    test_category varchar(100),
    notes text,
    added_at timestamptz DEFAULT now(),
    verified_by varchar(100),
    UNIQUE (job_id, dataset_version)
  )`,
]

const indexes = [
  'CREATE INDEX idx_model_test_runs_tier ON model_test_runs (tier_tested)',
  'CREATE INDEX idx_model_test_runs_model ON model_test_runs (model_name)',
  'CREATE INDEX idx_model_test_runs_created ON model_test_runs (created_at)',
  'CREATE INDEX idx_golden_dataset_version ON golden_dataset_jobs (dataset_version)',
]

const rows = [
  `INSERT INTO model_registry (model_name, model_family, tier, capabilities) VALUES
    ('gemini-2.0-flash-lite-001', 'gemini-2.0', 'free', '{"reasoning": 6, "speed": 10, "extraction": 9}'),
    ('gemini-2.0-flash-001', 'gemini-2.0', 'free', '{"reasoning": 8, "speed": 9, "extraction": 9}'),
    ('gemini-1.5-flash', 'gemini-1.5', 'free', '{"reasoning": 7, "speed": 8, "extraction": 8}'),
    ('gemini-1.5-pro', 'gemini-1.5', 'free', '{"reasoning": 9, "speed": 6, "extraction": 8}')
  ON CONFLICT (model_name) DO NOTHING`,
  `INSERT INTO model_assignments (tier, current_model, assignment_reason, assigned_by) VALUES
    (1, 'gemini-2.0-flash-001', 'Initial default model', 'system'),
    (2, 'gemini-2.0-flash-001', 'Initial default model', 'system'),
    (3, 'gemini-2.0-flash-001', 'Initial default model', 'system')
  ON CONFLICT (tier) DO NOTHING`,
]
