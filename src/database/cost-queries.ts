import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Keeps the sums of the days that are over and not kept yet, so that nobody counts their calls and minutes again. What comes
 * to such a day later is in no sum: leave it open until nothing can.
 * @param before ISO date: the first day that stays open
 */
export async function keepCostDays(db: Kysely<Tables>, before: string): Promise<void> {
  await sql`
    insert into cost_days (day, tier, model_name, purpose, calls, requests, input_tokens, output_tokens, cost_usd,
      calls_of_unknown_cost)
    select day, tier, model, purpose, calls, requests, input_tokens, output_tokens, cost_usd, calls_of_unknown_cost
    from daily_costs
    where day > (select coalesce(max(day), '-infinity') from cost_days) and day < ${before}::date`.execute(db)
}

/** Keeps the sums of the calls of an evaluation that is decided, to which none can come any more. */
export async function keepEvaluationCosts(db: Kysely<Tables>, evaluationId: string): Promise<void> {
  await sql`
    insert into evaluation_costs (evaluation_id, day, model_name, calls, input_tokens, output_tokens, cost_usd,
      calls_of_unknown_cost)
    select evaluation_id, (asked_at at time zone 'UTC')::date, model_name, count(*), sum(input_tokens), sum(output_tokens),
      sum(cost_usd), count(*) filter (where cost_usd is null)
    from model_test_outcomes where evaluation_id = ${evaluationId}
    group by 1, 2, 3
    on conflict do nothing`.execute(db)
}

/** What a model cost on a tier, on a day or in a week. Null is unknown. */
export interface CostDay {
  /** ISO date in UTC. */
  day: string
  /** Null: the model was asked by its name. */
  tier: number | null
  model: string
  purpose: 'test' | 'live' | 'shadow'
  calls: number
  /** Of applications; 0 for testing and copies. */
  requests: number
  inputTokens: number | null
  outputTokens: number | null
  costUsd: number | null
  callsOfUnknownCost: number
}

/** In order of time. @param since ISO date of the first day */
export async function listCostDays(db: Kysely<Tables>, since: string): Promise<CostDay[]> {
  const rows = await db
    .selectFrom('daily_costs')
    .selectAll()
    .where('day', '>=', since)
    .orderBy('day')
    .orderBy('tier')
    .orderBy('model')
    .execute()
  return rows.map((row) => ({
    day: row.day,
    tier: row.tier,
    model: row.model,
    purpose: row.purpose as CostDay['purpose'],
    calls: row.calls,
    requests: row.requests,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costUsd: row.cost_usd,
    callsOfUnknownCost: row.calls_of_unknown_cost,
  }))
}

export interface CostWeek {
  /** Monday, ISO date in UTC. */
  week: string
  model: string
  costUsd: number | null
  callsOfUnknownCost: number
}

/** All tiers and purposes of a model together, in order of time. @param since ISO date of the first Monday */
export async function listCostWeeks(db: Kysely<Tables>, since: string): Promise<CostWeek[]> {
  return await db
    .selectFrom('weekly_costs')
    .select(['week', 'model'])
    .select(({ fn }) => [
      fn.sum<number | null>('cost_usd').as('costUsd'),
      fn.sum<number>('calls_of_unknown_cost').as('callsOfUnknownCost'),
    ])
    .where('week', '>=', since)
    .groupBy(['week', 'model'])
    .orderBy('week')
    .orderBy('model')
    .execute()
}
