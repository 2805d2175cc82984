import { type Kysely, sql } from 'kysely'

/**
 * What the calls of an evaluation cost on each day, kept when it is decided: counting 100,000 of them takes half a second,
 * and their days are open for two days more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [evaluationCosts, keepDecided, dailyCosts(ofEvaluations)])
    await sql.raw(statement).execute(db)
  await sql`COMMENT ON TABLE evaluation_costs IS ${sql.lit(meaning)}`.execute(db)
  for (const [column, means] of Object.entries(columns)) {
    await sql`COMMENT ON COLUMN ${sql.id('evaluation_costs', column)} IS ${sql.lit(means)}`.execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of [dailyCosts(ofCalls), 'DROP TABLE evaluation_costs']) await sql.raw(statement).execute(db)
}

const evaluationCosts = `CREATE TABLE evaluation_costs (
    evaluation_id uuid NOT NULL REFERENCES evaluations (id) ON DELETE RESTRICT,
    day date NOT NULL,
    model_name varchar(100) NOT NULL REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    calls bigint NOT NULL CHECK (calls > 0),
    input_tokens bigint CHECK (input_tokens >= 0),
    output_tokens bigint CHECK (output_tokens >= 0),
    cost_usd numeric CHECK (cost_usd >= 0),
    calls_of_unknown_cost bigint NOT NULL CHECK (calls_of_unknown_cost BETWEEN 0 AND calls),
    PRIMARY KEY (evaluation_id, day, model_name)
  )`

const sums = `(outcome.asked_at AT TIME ZONE 'UTC')::date AS day, outcome.model_name, count(*) AS calls,
      sum(outcome.input_tokens)::bigint AS input_tokens, sum(outcome.output_tokens)::bigint AS output_tokens,
      sum(outcome.cost_usd) AS cost_usd, count(*) FILTER (WHERE outcome.cost_usd IS NULL) AS calls_of_unknown_cost
    FROM model_test_outcomes AS outcome`

/** No more than what is kept with the verdicts that come. */
const keepDecided = `INSERT INTO evaluation_costs
  SELECT outcome.evaluation_id, ${sums}
  JOIN evaluations AS evaluation ON evaluation.id = outcome.evaluation_id
  WHERE evaluation.status NOT IN ('running', 'interrupted')
  GROUP BY 1, 2, 3`

const kept = `SELECT coalesce(max(day) + 1, date '0001-01-01')::timestamp AT TIME ZONE 'UTC' AS until FROM cost_days`

/** The end of the range is beyond all times: see the migration of cost_days. */
function notKept(column: string): string {
  return `${column} >= (SELECT until FROM kept) AND ${column} < (SELECT until FROM kept) + interval '9000 years'`
}

/** The calls of evaluations that are not decided are counted, evaluation by evaluation. */
const ofEvaluations = `SELECT day, tier, model_name AS model, 'test' AS purpose, sum(calls)::bigint AS calls,
    0::bigint AS requests, sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens,
    sum(cost_usd) AS cost_usd, sum(calls_of_unknown_cost)::bigint AS calls_of_unknown_cost
  FROM (
    SELECT evaluation.tier, day, model_name, calls, input_tokens, output_tokens, cost_usd, calls_of_unknown_cost
    FROM evaluation_costs
    JOIN evaluations AS evaluation ON evaluation.id = evaluation_costs.evaluation_id
    UNION ALL
    SELECT evaluation.tier, day, model_name, calls, input_tokens, output_tokens, cost_usd, calls_of_unknown_cost
    FROM evaluations AS evaluation
    CROSS JOIN LATERAL (SELECT ${sums} WHERE outcome.evaluation_id = evaluation.id GROUP BY 1, 2) AS counted
    WHERE NOT EXISTS (SELECT FROM evaluation_costs WHERE evaluation_costs.evaluation_id = evaluation.id)
  ) AS spent
  WHERE day >= ((SELECT until FROM kept) AT TIME ZONE 'UTC')::date
  GROUP BY 1, 2, 3`

/** As before. */
const ofCalls = `SELECT (outcome.asked_at AT TIME ZONE 'UTC')::date AS day, evaluation.tier, outcome.model_name AS model,
    'test' AS purpose, count(*) AS calls, 0::bigint AS requests, sum(outcome.input_tokens)::bigint AS input_tokens,
    sum(outcome.output_tokens)::bigint AS output_tokens, sum(outcome.cost_usd) AS cost_usd,
    count(*) FILTER (WHERE outcome.cost_usd IS NULL) AS calls_of_unknown_cost
  FROM model_test_outcomes AS outcome
  JOIN evaluations AS evaluation ON evaluation.id = outcome.evaluation_id
  WHERE ${notKept('outcome.asked_at')}
  GROUP BY 1, 2, 3`

const purposeOf = "CASE WHEN stage = 'shadow' AND arm = 'challenger' THEN 'shadow' ELSE 'live' END"

function dailyCosts(ofTests: string): string {
  return `CREATE OR REPLACE VIEW daily_costs AS
  WITH kept AS (${kept})
  SELECT day, tier, model_name AS model, purpose, calls, requests, input_tokens, output_tokens,
    cost_usd, calls_of_unknown_cost
  FROM cost_days
  UNION ALL
  ${ofTests}
  UNION ALL
  SELECT (minute AT TIME ZONE 'UTC')::date, tier, model_name, ${purposeOf}, sum(n)::bigint,
    CASE WHEN ${purposeOf} = 'live' THEN sum(first_attempts) ELSE 0 END::bigint, sum(input_tokens)::bigint,
    sum(output_tokens)::bigint, sum(cost_usd), sum(of_unknown_cost)::bigint
  FROM live_minutes
  WHERE ${notKept('minute')}
  GROUP BY 1, 2, 3, 4`
}

const meaning =
  'What the calls of each decided evaluation cost, by day and model, kept sums of model_test_outcomes. Read daily_costs, which has all calls.'

const columns = {
  evaluation_id: 'Evaluation.',
  day: 'Day, in UTC.',
  model_name: 'Model.',
  calls: 'Calls that have an outcome.',
  input_tokens: 'Input tokens of the calls whose tokens are known; NULL when none are.',
  output_tokens: 'Output tokens of the calls whose tokens are known, reasoning included; NULL when none are.',
  cost_usd: 'Cost of those whose cost is known, in US dollars at list price; NULL when it is unknown for all.',
  calls_of_unknown_cost: 'Those whose cost is unknown, because a price is, or because no answer came.',
}
