import { type Kysely, sql } from 'kysely'

/** What every day cost, kept once the day is over, so that months and weeks need not count every call and minute again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [costDays, dailyCosts, weeklyCosts('daily_costs')]) await sql.raw(statement).execute(db)
  await comment(db, sql`TABLE`, 'cost_days', keptMeaning)
  await comment(db, sql`VIEW`, 'daily_costs', dailyMeaning)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const statements = [
    weeklyCosts(`(${counted('true', 'true')}) AS counted`),
    'DROP VIEW daily_costs',
    'DROP TABLE cost_days',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const costDays = `CREATE TABLE cost_days (
    day date NOT NULL,
    tier integer,
    model_name varchar(100) NOT NULL,
    purpose varchar(10) NOT NULL CHECK (purpose IN ('test', 'live', 'shadow')),
    calls bigint NOT NULL CHECK (calls > 0),
    requests bigint NOT NULL CHECK (requests BETWEEN 0 AND calls),
    input_tokens bigint CHECK (input_tokens >= 0),
    output_tokens bigint CHECK (output_tokens >= 0),
    cost_usd numeric CHECK (cost_usd >= 0),
    calls_of_unknown_cost bigint NOT NULL CHECK (calls_of_unknown_cost BETWEEN 0 AND calls),
    UNIQUE NULLS NOT DISTINCT (day, tier, model_name, purpose)
  )`

/** Days out of the calls of evaluations and the roll-ups of live requests. */
function counted(calls: string, minutes: string): string {
  return `SELECT (outcome.asked_at AT TIME ZONE 'UTC')::date AS day, evaluation.tier, outcome.model_name AS model,
      'test' AS purpose, count(*) AS calls, 0::bigint AS requests, sum(outcome.input_tokens)::bigint AS input_tokens,
      sum(outcome.output_tokens)::bigint AS output_tokens, sum(outcome.cost_usd) AS cost_usd,
      count(*) FILTER (WHERE outcome.cost_usd IS NULL) AS calls_of_unknown_cost
    FROM model_test_outcomes AS outcome
    JOIN evaluations AS evaluation ON evaluation.id = outcome.evaluation_id
    WHERE ${calls}
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT (minute AT TIME ZONE 'UTC')::date, tier, model_name, ${purposeOf}, sum(n)::bigint,
      CASE WHEN ${purposeOf} = 'live' THEN sum(first_attempts) ELSE 0 END::bigint, sum(input_tokens)::bigint,
      sum(output_tokens)::bigint, sum(cost_usd), sum(of_unknown_cost)::bigint
    FROM live_minutes
    WHERE ${minutes}
    GROUP BY 1, 2, 3, 4`
}

const purposeOf = "CASE WHEN stage = 'shadow' AND arm = 'challenger' THEN 'shadow' ELSE 'live' END"

/**
 * The end of the range is beyond all times. Without one the planner takes a third of the table to be newer than what is
 * kept, and reads all of it.
 */
function notKept(column: string): string {
  return `${column} >= (SELECT until FROM kept) AND ${column} < (SELECT until FROM kept) + interval '9000 years'`
}

const dailyCosts = `CREATE VIEW daily_costs AS
  WITH kept AS (
    SELECT coalesce(max(day) + 1, date '0001-01-01')::timestamp AT TIME ZONE 'UTC' AS until FROM cost_days
  )
  SELECT day, tier, model_name AS model, purpose, calls, requests, input_tokens, output_tokens,
    cost_usd, calls_of_unknown_cost
  FROM cost_days
  UNION ALL
  ${counted(notKept('outcome.asked_at'), notKept('minute'))}`

/** Without a call nothing was spent; with calls of unknown cost only it is unknown what was. */
function costOf(purpose: string): string {
  return `CASE WHEN sum(calls) FILTER (WHERE purpose = '${purpose}') > 0
      THEN sum(cost_usd) FILTER (WHERE purpose = '${purpose}') ELSE 0 END AS ${purpose}_cost_usd`
}

function callsOf(purpose: string): string {
  return `coalesce(sum(calls) FILTER (WHERE purpose = '${purpose}'), 0)::bigint AS ${purpose}_calls`
}

/** As before, out of days. */
function weeklyCosts(days: string): string {
  return `CREATE OR REPLACE VIEW weekly_costs AS
  SELECT date_trunc('week', day::timestamp)::date AS week, tier, model::varchar(100) AS model,
    ${['test', 'live', 'shadow'].flatMap((purpose) => [callsOf(purpose), costOf(purpose)]).join(',\n    ')},
    sum(calls)::bigint AS calls,
    sum(cost_usd) AS cost_usd,
    sum(calls_of_unknown_cost)::bigint AS calls_of_unknown_cost
  FROM ${days}
  GROUP BY 1, 2, 3`
}

const figures = {
  calls: 'Calls of an evaluation, attempts at live requests, or copies of them.',
  requests: 'Live requests, each once however often it was tried; 0 for testing and copies.',
  input_tokens: 'Input tokens of the calls whose tokens are known; NULL when none are.',
  output_tokens: 'Output tokens of the calls whose tokens are known, reasoning included; NULL when none are.',
  cost_usd: 'Cost of those whose cost is known, in US dollars at list price; NULL when it is unknown for all.',
  calls_of_unknown_cost: 'Those whose cost is unknown, because a price is, or because no answer came.',
}

const keys = {
  day: 'Day, in UTC.',
  tier: 'Tier; NULL for models that were asked by their names.',
}

const purposeMeaning = 'test: evaluations; live: requests of applications; shadow: their copies to a challenger.'

const keptMeaning: Meaning = {
  is: 'What each model cost on each tier on the days that are surely over, kept by the service. Read daily_costs, which has the days since, too.',
  columns: { ...keys, model_name: 'Model.', purpose: purposeMeaning, ...figures },
}

const dailyMeaning: Meaning = {
  is: 'What each model cost on each tier on each day, up to the last minute that was rolled up.',
  columns: { ...keys, model: 'Model.', purpose: purposeMeaning, ...figures },
}

interface Meaning {
  is: string
  columns: Record<string, string>
}

async function comment(
  db: Kysely<unknown>,
  kind: ReturnType<typeof sql>,
  name: string,
  { is, columns }: Meaning,
): Promise<void> {
  await sql`COMMENT ON ${kind} ${sql.id(name)} IS ${sql.lit(is)}`.execute(db)
  for (const [column, meaning] of Object.entries(columns)) {
    await sql`COMMENT ON COLUMN ${sql.id(name, column)} IS ${sql.lit(meaning)}`.execute(db)
  }
}
