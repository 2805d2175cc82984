import { type Kysely, sql } from 'kysely'

/** What providers have been asked today, and what went wrong and people should know of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...comments]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['alerts', 'request_days']) await sql.raw(`DROP TABLE ${table}`).execute(db)
}

const tables = [
  `CREATE TABLE request_days (
    provider_key varchar(200) NOT NULL,
    day date NOT NULL,
    requests integer NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (provider_key, day)
  )`,
  `CREATE TABLE alerts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind varchar(50) NOT NULL,
    severity varchar(20) NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    subject varchar(200) NOT NULL,
    message text NOT NULL,
    tier integer CHECK (tier >= 1),
    model_name varchar(100) REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    evaluation_id uuid REFERENCES evaluations (id) ON DELETE RESTRICT,
    raised_at timestamptz NOT NULL
  )`,
  'CREATE INDEX alerts_raised ON alerts (raised_at DESC)',
]

const comments = [
  "COMMENT ON TABLE request_days IS 'Requests made per day where a provider limits them, for all processes on this database.'",
  "COMMENT ON COLUMN request_days.provider_key IS 'Provider, and model where the limit is per model.'",
  "COMMENT ON COLUMN request_days.day IS 'Day of the quota, in the zone in which the provider counts.'",
  "COMMENT ON COLUMN request_days.requests IS 'Requests that were taken.'",
  "COMMENT ON TABLE alerts IS 'What went wrong and people should know of.'",
  "COMMENT ON COLUMN alerts.id IS 'Number of the alert.'",
  "COMMENT ON COLUMN alerts.kind IS 'What kind of event, such as model-retired.'",
  "COMMENT ON COLUMN alerts.severity IS 'info, warning or critical.'",
  "COMMENT ON COLUMN alerts.subject IS 'What happened, in one line.'",
  "COMMENT ON COLUMN alerts.message IS 'What happened, what the system did, what a person may do.'",
  "COMMENT ON COLUMN alerts.tier IS 'Tier that is affected; null when it is more than one or none.'",
  "COMMENT ON COLUMN alerts.model_name IS 'Model that is affected, where it is one.'",
  "COMMENT ON COLUMN alerts.evaluation_id IS 'Evaluation in which it was noticed.'",
  "COMMENT ON COLUMN alerts.raised_at IS 'When it was noticed.'",
]
