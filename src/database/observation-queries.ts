import { type Kysely, sql } from 'kysely'
import type { LiveObservation } from '../rollout/live/live-observation.ts'
import type { RecentRequests } from '../rollout/live/slow-limit.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** Stores a batch: whatever its size, one parameter of one statement. */
export async function insertObservations(db: Kysely<Tables>, observations: readonly LiveObservation[]): Promise<void> {
  if (observations.length === 0) return
  const rows = toJsonText(observations.map(toRow))
  const names = sql.join(columns.map((column) => sql.ref(column)))
  await sql`
    insert into live_observations (${names})
    select ${names} from jsonb_populate_recordset(null::live_observations, ${rows}::jsonb)`.execute(db)
}

const columns = [
  'at',
  'request_id',
  'tier',
  'model_name',
  'rollout_id',
  'counts_epoch',
  'arm',
  'stage',
  'attempt',
  'outcome',
  'failure_kind',
  'invalid',
  'slow',
  'disagrees',
  'latency_ms',
  'first_token_ms',
  'input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cached_input_tokens',
  'cost_usd',
] as const

/** For JSON: what is left out is NULL. */
function toRow(observation: LiveObservation): Partial<Record<(typeof columns)[number], unknown>> {
  const { usage } = observation
  return {
    at: observation.at,
    request_id: observation.requestId,
    tier: observation.tier,
    model_name: observation.model,
    rollout_id: observation.rolloutId,
    counts_epoch: observation.countsEpoch,
    arm: observation.arm,
    stage: observation.stage,
    attempt: observation.attempt,
    outcome: observation.outcome,
    failure_kind: observation.failureKind,
    invalid: observation.invalid,
    slow: observation.slow,
    disagrees: observation.disagrees,
    latency_ms: observation.latencyMs,
    first_token_ms: observation.firstTokenMs,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
    cached_input_tokens: usage.cachedInputTokens,
    cost_usd: observation.costUsd,
  }
}

/**
 * The newest requests of the holder of a seat: first attempts, of those that were cancelled only the slow ones.
 * @param since only later ones; for a baseline undefined
 */
export async function recentRequests(
  db: Kysely<Tables>,
  { tier, model, since, limit }: { tier: number; model: string; since?: Date | undefined; limit: number },
): Promise<RecentRequests> {
  const newest = db
    .selectFrom('live_observations')
    .select(['outcome', 'invalid', 'slow', 'latency_ms', 'first_token_ms'])
    .where('tier', '=', tier)
    .where('model_name', '=', model)
    .where('arm', '=', 'incumbent')
    .where('attempt', '=', 1)
    .where((where) => where.or([where('outcome', '<>', 'cancelled'), where('slow', '=', true)]))
    .$if(since !== undefined, (query) => query.where('at', '>=', since ?? new Date(0)))
    .orderBy('at', 'desc')
    .limit(limit)
  const row = await db
    .selectFrom(newest.as('newest'))
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .select(sql<number>`count(*) filter (where outcome = 'failed')`.as('errors'))
    .select(sql<number>`count(*) filter (where invalid)`.as('invalid'))
    .select(sql<number>`count(*) filter (where slow or outcome = 'failed')`.as('slow'))
    .select(p95('latency_ms').as('p95'))
    .select(p95('first_token_ms').as('first_token_p95'))
    .executeTakeFirstOrThrow()
  const { n, errors, invalid, slow } = row
  return { n, errors, invalid, slow, p95Ms: row.p95 ?? undefined, firstTokenP95Ms: row.first_token_p95 ?? undefined }
}

function p95(column: 'latency_ms' | 'first_token_ms') {
  return sql<
    number | null
  >`percentile_cont(0.95) within group (order by ${sql.ref(column)}::double precision) filter (where outcome = 'answered')`
}

/**
 * Requests that a tier got since a time: those of whole minutes from the roll-ups, the newest from the observations. Copies
 * for the shadow and further attempts are none.
 */
export async function countRequests(db: Kysely<Tables>, tier: number, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with rolled as (select coalesce(max(minute) + interval '1 minute', ${since}) as until from live_minutes)
    select
      (select coalesce(sum(first_attempts), 0) from live_minutes
        where tier = ${tier} and minute >= date_trunc('minute', ${since}::timestamptz)
          and not (stage = 'shadow' and arm = 'challenger'))
      + (select count(*) from live_observations, rolled
        where tier = ${tier} and at >= greatest(rolled.until, ${since}) and attempt = 1
          and not (stage = 'shadow' and arm = 'challenger')) as n`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

/**
 * Deletes observations before a time, the oldest few minutes of them at once, so that nothing waits for it.
 * @returns how many; 0 when there are no more
 */
export async function deleteObservations(db: Kysely<Tables>, before: Date, minutes = 5): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from live_observations where at < least(${before}::timestamptz,
      (select date_trunc('minute', min(at)) from live_observations) + make_interval(mins => ${minutes}))`.execute(db)
  return Number(numAffectedRows ?? 0)
}
