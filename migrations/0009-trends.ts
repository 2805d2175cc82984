import { type Kysely, sql } from 'kysely'

/** The history of every model on every tier, what each week cost, and the versions that answered a run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...versions, modelTrends, weeklyCosts]) await sql.raw(statement).execute(db)
  for (const [view, { is, columns }] of Object.entries(comments)) {
    await sql`COMMENT ON VIEW ${sql.id(view)} IS ${sql.lit(is)}`.execute(db)
    for (const [column, meaning] of Object.entries(columns)) {
      await sql`COMMENT ON COLUMN ${sql.id(view, column)} IS ${sql.lit(meaning)}`.execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of reversal) await sql.raw(statement).execute(db)
}

const versionsMeaning = 'Versions that answered, separated by commas; NULL when the provider does not say.'

const versions = [
  'ALTER TABLE model_test_runs ADD COLUMN model_versions text',
  // No more than what `finishRun` writes for the runs that come.
  `UPDATE model_test_runs AS run SET model_versions = (
    SELECT string_agg(DISTINCT outcome.model_version, ', ' ORDER BY outcome.model_version)
    FROM model_test_outcomes AS outcome
    WHERE outcome.evaluation_id = run.evaluation_id AND outcome.model_name = run.model_name)
  WHERE run.evaluation_id IS NOT NULL`,
  'CREATE OR REPLACE VIEW test_runs AS SELECT * FROM model_test_runs',
  `COMMENT ON COLUMN model_test_runs.model_versions IS '${versionsMeaning}'`,
  `COMMENT ON COLUMN test_runs.model_versions IS '${versionsMeaning}'`,
]

/** What all models of an evaluation have in common, by its key in the epoch, and what it is called. */
const sharedParts = {
  prompt: 'prompt',
  answerSchema: 'answer schema',
  scoring: 'scoring',
  scorer: 'scorers',
  dataset: 'golden data',
  parameters: 'parameters',
  references: 'references',
}
const ownParts = { id: 'model id', price: 'price' }

function changesIn(column: 'shared' | 'own', parts: Record<string, string>): string {
  const before = `${column}_before`
  return Object.entries(parts)
    .map(
      ([key, words]) => `CASE WHEN ${column} IS NOT NULL AND ${before} IS NOT NULL
        AND ${column} -> '${key}' IS DISTINCT FROM ${before} -> '${key}' THEN '${words}' END`,
    )
    .join(',\n      ')
}

// Trials are held against trials. All windows are per tier and model, so that a condition on these reaches the tables.
const modelTrends = `CREATE VIEW model_trends AS
  WITH run AS (
    SELECT
      evaluation.tier,
      evaluation.tier_name,
      date_trunc('week', evaluation.started_at AT TIME ZONE 'UTC')::date AS week,
      evaluation.finished_at AS evaluated_at,
      evaluation.id AS evaluation_id,
      run.model_name AS model,
      run.provider,
      run.role,
      run.test_status AS status,
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
      evaluation.dataset_name || '@' || evaluation.dataset_version AS dataset,
      evaluation.sample_count,
      evaluation.applies,
      evaluation.started_at,
      run.model_versions,
      evaluation.decision #> '{epoch,shared}' AS shared,
      evaluation.decision #> array['epoch', 'models', run.model_name] AS own
    FROM evaluations AS evaluation
    JOIN model_test_runs AS run ON run.evaluation_id = evaluation.id
    WHERE evaluation.status = 'completed' AND evaluation.confirms IS NULL
  ), beside_the_one_before AS (
    SELECT *,
      lag(shared) OVER earlier AS shared_before,
      lag(own) OVER earlier AS own_before,
      lag(model_versions) OVER earlier AS versions_before
    FROM run
    WINDOW earlier AS (PARTITION BY tier, model, applies ORDER BY started_at, evaluation_id)
  ), told AS (
    SELECT *, nullif(concat_ws(', ',
      ${changesIn('shared', sharedParts)},
      ${changesIn('own', ownParts)},
      CASE WHEN model_versions <> versions_before THEN 'version' END), '') AS changed
    FROM beside_the_one_before
  )
  SELECT tier, tier_name, week, evaluated_at, evaluation_id, model, provider, role, status, accuracy, accuracy_low,
    accuracy_high, speed, cost, total, p50_ms, p95_ms, cost_usd, cost_usd_per_call, calls_made, calls_failed, dataset,
    sample_count, model_versions, changed,
    1 + count(changed) OVER (PARTITION BY tier, model, applies ORDER BY started_at, evaluation_id) AS epoch,
    applies
  FROM told`

/** Without a call nothing was spent; with calls of unknown cost only it is unknown what was. */
function costOf(purpose: string): string {
  return `CASE WHEN sum(calls) FILTER (WHERE purpose = '${purpose}') > 0
      THEN sum(cost_usd) FILTER (WHERE purpose = '${purpose}') ELSE 0 END AS ${purpose}_cost_usd`
}

function callsOf(purpose: string): string {
  return `coalesce(sum(calls) FILTER (WHERE purpose = '${purpose}'), 0)::bigint AS ${purpose}_calls`
}

const weeklyCosts = `CREATE VIEW weekly_costs AS
  SELECT week, tier, model,
    ${['test', 'live', 'shadow'].flatMap((purpose) => [callsOf(purpose), costOf(purpose)]).join(',\n    ')},
    sum(calls)::bigint AS calls,
    sum(cost_usd) AS cost_usd,
    sum(of_unknown_cost)::bigint AS calls_of_unknown_cost
  FROM (
    SELECT date_trunc('week', outcome.asked_at AT TIME ZONE 'UTC')::date AS week, evaluation.tier,
      outcome.model_name AS model, 'test' AS purpose, count(*) AS calls, sum(outcome.cost_usd) AS cost_usd,
      count(*) FILTER (WHERE outcome.cost_usd IS NULL) AS of_unknown_cost
    FROM model_test_outcomes AS outcome
    JOIN evaluations AS evaluation ON evaluation.id = outcome.evaluation_id
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT date_trunc('week', minute AT TIME ZONE 'UTC')::date, tier, model_name,
      CASE WHEN stage = 'shadow' AND arm = 'challenger' THEN 'shadow' ELSE 'live' END,
      sum(n), sum(cost_usd), sum(of_unknown_cost)
    FROM live_minutes
    GROUP BY 1, 2, 3, 4
  ) AS spent
  GROUP BY week, tier, model`

const incomparable =
  'What changed since the evaluation of the model on the tier before, so that results cannot be compared'

const comments: Record<string, { is: string; columns: Record<string, string> }> = {
  model_trends: {
    is: 'What every model did on every tier, evaluation by evaluation; without re-runs that only confirm a switch.',
    columns: {
      tier: 'Tier.',
      tier_name: 'Name of the tier at that time.',
      week: 'Monday of the week, in UTC, in which the evaluation was started.',
      evaluated_at: 'When the evaluation ended.',
      evaluation_id: 'Evaluation.',
      model: 'Model.',
      provider: 'Provider that was called.',
      role: 'incumbent, challenger or baseline, as it was in that evaluation.',
      status: 'completed or failed: it was judged; dropped, locked or invalid: it was asked and not judged.',
      accuracy: 'Mean score, 0 to 100; failures count 0.',
      accuracy_low: 'Lower end of the 95 % confidence interval of the accuracy.',
      accuracy_high: 'Upper end of the 95 % confidence interval of the accuracy.',
      speed: 'Speed score, 0 to 100, against the reference of the tier at that time.',
      cost: 'Cost score, 0 to 100, against the reference of the tier at that time; NULL when the cost is unknown.',
      total: 'Weighted sum of accuracy, speed and cost, 0 to 100.',
      p50_ms: 'Median latency in milliseconds.',
      p95_ms: '95th percentile of the latency in milliseconds.',
      cost_usd: 'Cost of all calls of the run in US dollars at list price; NULL when unknown.',
      cost_usd_per_call: 'Cost of a call in US dollars at list price; NULL when unknown.',
      calls_made: 'Calls that have an outcome.',
      calls_failed: 'Calls whose outcome is a failure.',
      dataset: 'Golden dataset and version, such as job-analysis@v1.',
      sample_count: 'Samples of the evaluation.',
      model_versions: versionsMeaning,
      changed: `${incomparable}: prompt, price, version and so on; NULL: nothing, or there was none before.`,
      epoch: 'Number of the stretch of comparable results, from 1: grows by 1 where something changed.',
      applies: 'False: a trial (--no-apply, --limit), which is compared with trials only.',
    },
  },
  weekly_costs: {
    is: 'What each model cost on each tier in each week: testing, live requests, and their copies to a challenger in the shadow.',
    columns: {
      week: 'Monday of the week, in UTC.',
      tier: 'Tier; NULL for models that were asked by their names.',
      model: 'Model.',
      test_calls: 'Calls of evaluations.',
      test_cost_usd: 'Their cost in US dollars at list price; NULL when unknown for all.',
      live_calls: 'Attempts at live requests, up to the last minute that was rolled up.',
      live_cost_usd: 'Their cost in US dollars at list price; NULL when unknown for all.',
      shadow_calls: 'Copies of live requests that a challenger got in the shadow.',
      shadow_cost_usd: 'Their cost in US dollars at list price; NULL when unknown for all.',
      calls: 'All of these.',
      cost_usd: 'Cost of those whose cost is known; NULL when it is unknown for all.',
      calls_of_unknown_cost: 'Those whose cost is unknown, because a price is, or because no answer came.',
    },
  },
}

const reversal = [
  'DROP VIEW weekly_costs',
  'DROP VIEW model_trends',
  'DROP VIEW test_runs',
  'ALTER TABLE model_test_runs DROP COLUMN model_versions',
  'CREATE VIEW test_runs AS SELECT * FROM model_test_runs',
  "COMMENT ON VIEW test_runs IS 'Short name of model_test_runs.'",
  `DO $$
  DECLARE
    part record;
  BEGIN
    FOR part IN SELECT attname, col_description(attrelid, attnum) AS meaning FROM pg_attribute
      WHERE attrelid = 'model_test_runs'::regclass AND attnum > 0 AND NOT attisdropped
    LOOP
      EXECUTE format('COMMENT ON COLUMN test_runs.%I IS %L', part.attname, part.meaning);
    END LOOP;
  END $$`,
]
