import { type Kysely, sql } from 'kysely'

/**
 * Evaluations that ask two models once more because a switch has no live traffic to be tried on, and what followed from a
 * verdict.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...columns, leaderboard('AND confirms IS NULL')]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of [leaderboard(''), ...without]) await sql.raw(statement).execute(db)
}

const columns = [
  'ALTER TABLE evaluations ADD COLUMN confirms uuid REFERENCES evaluations (id) ON DELETE RESTRICT',
  'CREATE INDEX evaluations_confirms ON evaluations (confirms) WHERE confirms IS NOT NULL',
  "COMMENT ON COLUMN evaluations.confirms IS 'Evaluation whose switch it confirms, or not, by asking both models once more; NULL for all others. It is no look and enters no history.'",
  "ALTER TABLE recommendations ADD COLUMN followed jsonb NOT NULL DEFAULT '[]'",
  "COMMENT ON COLUMN recommendations.followed IS 'What followed from the verdict by itself, in sentences: a rollout that it opened, moved or ended, a confirmation, or why nothing did.'",
]

const without = ['ALTER TABLE evaluations DROP COLUMN confirms', 'ALTER TABLE recommendations DROP COLUMN followed']

/** A re-run of two models is not the standing of a tier. Columns are named, so that the view holds to no other. */
function leaderboard(onlyThose: string): string {
  return `CREATE OR REPLACE VIEW tier_leaderboard AS
    WITH latest AS (
      SELECT DISTINCT ON (tier)
        id, tier, tier_name, dataset_name, dataset_version, sample_count, applies, finished_at
      FROM evaluations
      WHERE status = 'completed' ${onlyThose}
      ORDER BY tier, started_at DESC
    )
    SELECT
      latest.tier,
      latest.tier_name,
      CASE
        WHEN run.role = 'baseline' OR run.total_score IS NULL OR NOT (${ranked}) THEN NULL
        ELSE rank() OVER (
          PARTITION BY latest.tier, run.role = 'baseline', ${ranked} ORDER BY run.total_score DESC NULLS LAST)
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

const ranked = "run.test_status NOT IN ('dropped', 'locked')"
