import { type Kysely, sql } from 'kysely'

/** The short names `test_runs` and `assignments` for the document's tables, and the standing of each tier for people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of views) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const view of ['tier_leaderboard', 'assignments', 'test_runs']) await sql.raw(`DROP VIEW ${view}`).execute(db)
}

const views = [
  'CREATE VIEW test_runs AS SELECT * FROM model_test_runs',
  'CREATE VIEW assignments AS SELECT * FROM model_assignments',
  `CREATE VIEW tier_leaderboard AS
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
        WHEN run.role = 'baseline' OR run.total_score IS NULL THEN NULL
        ELSE rank() OVER (PARTITION BY latest.tier, run.role = 'baseline' ORDER BY run.total_score DESC NULLS LAST)
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
    ORDER BY latest.tier, run.role = 'baseline', run.total_score DESC NULLS LAST, run.model_name`,
]
