import { type Kysely, sql } from 'kysely'
import type { LatencyCounts } from '../rollout/live/latency-buckets.ts'
import type { LiveObservation } from '../rollout/live/live-observation.ts'
import type { Tables } from './tables.ts'

/**
 * Rolls the observations of whole minutes up. It may be done again for the same minutes: they are counted anew, so that
 * observations that came late are in. Minutes whose observations were deleted must not be.
 * @param from beginning of the first minute
 * @param until beginning of the minute after the last
 */
export async function rollUpMinutes(db: Kysely<Tables>, from: Date, until: Date): Promise<void> {
  await sql`
    insert into live_minutes (minute, tier, model_name, arm, stage, n, first_attempts, errors, cancelled, invalid, slow,
      input_tokens, output_tokens, cost_usd, of_unknown_cost, first_bucket, latency_counts)
    with attempt as (
      select *, date_trunc('minute', at) as minute, ${bucket} as bucket
      from live_observations where at >= ${from} and at < ${until}
    ), total as (
      select ${key}, count(*) as n, count(*) filter (where attempt = 1) as first_attempts,
        count(*) filter (where outcome = 'failed') as errors, count(*) filter (where outcome = 'cancelled') as cancelled,
        count(*) filter (where invalid) as invalid, count(*) filter (where slow or outcome = 'failed') as slow,
        sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
        sum(cost_usd) as cost_usd, count(*) filter (where cost_usd is null) as of_unknown_cost
      from attempt group by ${key}
    ), counted as (
      select ${key}, bucket, count(*) as answers from attempt where bucket is not null group by ${key}, bucket
    ), range as (
      select ${key}, min(bucket) as first_bucket, max(bucket) as last_bucket from counted group by ${key}
    ), histogram as (
      select ${keyOf('range')}, first_bucket, array_agg(coalesce(answers, 0)::integer order by place) as latency_counts
      from range cross join generate_series(first_bucket, last_bucket) as place
      left join counted on bucket = place and ${isSameKey('counted', 'range')}
      group by ${keyOf('range')}, first_bucket
    )
    select ${keyOf('total')}, n, first_attempts, errors, cancelled, invalid, slow,
      input_tokens, output_tokens, cost_usd, of_unknown_cost, first_bucket, latency_counts
    from total left join histogram on ${isSameKey('total', 'histogram')}
    on conflict (tier, model_name, minute, arm, stage) do update set
      ${sql.join(['n', 'first_attempts', 'errors', 'cancelled', 'invalid', 'slow', 'input_tokens', 'output_tokens', 'cost_usd', 'of_unknown_cost', 'first_bucket', 'latency_counts'].map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}`.execute(
    db,
  )
}

const keyColumns = ['minute', 'tier', 'model_name', 'arm', 'stage']
const key = sql.join(keyColumns.map((column) => sql.ref(column)))

function keyOf(relation: string) {
  return sql.join(keyColumns.map((column) => sql.ref(`${relation}.${column}`)))
}

/** Only a tier may be null. Equality lets PostgreSQL join many minutes without comparing each with each. */
function isSameKey(one: string, other: string) {
  const same = keyColumns.map((column) => {
    const [left, right] = [sql.ref(`${one}.${column}`), sql.ref(`${other}.${column}`)]
    return column === 'tier' ? sql`${left} is not distinct from ${right}` : sql`${left} = ${right}`
  })
  return sql.join(same, sql` and `)
}

/** `latencyBucket` in SQL. */
const bucket = sql`case when outcome = 'answered' and latency_ms is not null then
  case when latency_ms <= 1 then 0 else ceil(8 * ln(latency_ms::double precision) / ln(2::double precision))::integer end end`

/** @returns how many rows were deleted */
export async function deleteMinutes(db: Kysely<Tables>, before: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('live_minutes').where('minute', '<', before).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** What one model did in a time, in one role. Null is unknown. */
export interface LiveFigures {
  model: string
  arm: LiveObservation['arm']
  stage: LiveObservation['stage']
  attempts: number
  errors: number
  cancelled: number
  invalid: number
  slow: number
  inputTokens: number | null
  outputTokens: number | null
  /** Of the attempts with a known cost. */
  costUsd: number | null
  ofUnknownCost: number
  latency: LatencyCounts
}

interface Period {
  tier: number
  since: Date
  until: Date
}

/**
 * From the roll-ups: whole minutes, up to the last one that was rolled up. A day takes milliseconds, a year of 100 requests
 * a second some seconds.
 */
export async function liveFigures(db: Kysely<Tables>, period: Period): Promise<LiveFigures[]> {
  const buckets = await mostBuckets(db, period)
  if (buckets === undefined) return []
  // Place by place: many times faster than to unnest the buckets of every minute.
  const sums = sql.join(Array.from({ length: buckets }, (_, place) => sql`sum(latency_counts[${sql.lit(place + 1)}])`))
  const { rows } = await sql<Omit<LiveFigures, 'latency'> & { buckets: [number, number][] | null }>`
    with part as (
      select model_name, arm, stage, first_bucket, array[${sums}]::bigint[] as counts, sum(n) as n, sum(errors) as errors,
        sum(cancelled) as cancelled, sum(invalid) as invalid, sum(slow) as slow, sum(input_tokens) as input_tokens,
        sum(output_tokens) as output_tokens, sum(cost_usd) as cost_usd, sum(of_unknown_cost) as of_unknown_cost
      from live_minutes where ${within(period)} group by model_name, arm, stage, first_bucket
    ), bucket as (
      select model_name, arm, stage, first_bucket + place - 1 as bucket, sum(answers) as answers
      from part, unnest(counts) with ordinality as counted (answers, place)
      where answers > 0 group by 1, 2, 3, 4
    )
    select model_name as model, arm, stage, sum(n) as attempts, sum(errors) as errors, sum(cancelled) as cancelled,
      sum(invalid) as invalid, sum(slow) as slow, sum(input_tokens) as "inputTokens",
      sum(output_tokens) as "outputTokens", sum(cost_usd) as "costUsd", sum(of_unknown_cost) as "ofUnknownCost",
      (select jsonb_agg(jsonb_build_array(bucket, answers) order by bucket) from bucket
        where (bucket.model_name, bucket.arm, bucket.stage) = (part.model_name, part.arm, part.stage)) as buckets
    from part group by model_name, arm, stage order by model_name, arm, stage`.execute(db)
  return rows.map(({ buckets: counted, ...figures }) => ({ ...figures, latency: latencyOf(counted ?? []) }))
}

function within({ tier, since, until }: Period) {
  return sql`tier = ${tier} and minute >= ${since} and minute < ${until}`
}

/** Undefined where there is no minute. */
async function mostBuckets(db: Kysely<Tables>, period: Period): Promise<number | undefined> {
  const { rows } = await sql<{ minutes: number; most: number | null }>`
    select count(*) as minutes, max(cardinality(latency_counts)) as most from live_minutes where ${within(period)}`.execute(
    db,
  )
  const [found] = rows
  return found === undefined || found.minutes === 0 ? undefined : (found.most ?? 0)
}

function latencyOf(buckets: readonly (readonly [number, number])[]): LatencyCounts {
  const [[firstBucket] = [0]] = buckets
  const counts: number[] = []
  for (const [bucketNumber, answers] of buckets) counts[bucketNumber - firstBucket] = answers
  return { firstBucket, counts: Array.from(counts, (count) => count ?? 0) }
}
