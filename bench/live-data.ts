import { performance } from 'node:perf_hooks'
import { type Kysely, sql } from 'kysely'
import { liveFigures, rollUpMinutes } from '../src/database/live-minute-queries.ts'
import {
  countRequests,
  deleteObservations,
  insertObservations,
  recentRequests,
} from '../src/database/observation-queries.ts'
import { openDatabase } from '../src/database/open-database.ts'
import type { Tables } from '../src/database/tables.ts'
import { exampleObservation } from '../test/support/example-rollout.ts'
import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import { repeated, type Stage } from './stage.ts'

/** The live tables after a year of 100 requests a second: a year of minutes, and a million observations of the last hours. */
export async function benchmarkLiveData({ databases, runs }: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const kind of databases) figures.push(...(await measured(kind, runs)))
  return figures
}

const end = new Date('2026-11-22T01:00:00Z')
const [tier, model] = [1, 'gemini-2.0-flash-001']
const dayMs = 24 * 60 * 60 * 1000

async function measured(databases: Databases, runs: number): Promise<Figure[]> {
  const { DATABASE_URL: url, INCUMBENT_HOME: home = '/nonexistent' } = await databases.create()
  const database = await openDatabase({ url, home })
  try {
    await fill(database.db)
    const figures: Figure[] = []
    for (const [what, { atMost, work }] of Object.entries(questions(database.db))) {
      const times = await repeated(Math.max(3, runs), () => timed(work))
      figures.push(figure({ what, where: databases.kind, unit: 'ms', runs: times, limit: { atMost }, peer: undefined }))
    }
    return figures
  } finally {
    await database.close()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function daysBefore(days: number): Date {
  return new Date(end.getTime() - days * dayMs)
}

function questions(db: Kysely<Tables>): Record<string, { atMost: number; work: () => Promise<unknown> }> {
  const figuresOf = (days: number) => () => liveFigures(db, { tier, since: daysBefore(days), until: end })
  const second = Array.from({ length: 100 }, (_, index) => exampleObservation({ requestId: `r-${index}`, at: end }))
  return {
    'figures of a day': { atMost: 200, work: figuresOf(1) },
    'figures of a week': { atMost: 1000, work: figuresOf(7) },
    'figures of a year': { atMost: 10_000, work: figuresOf(365) },
    "incumbent's last 1,000 requests": { atMost: 50, work: () => recentRequests(db, { tier, model, limit: 1000 }) },
    'requests of a tier in 14 days': { atMost: 200, work: () => countRequests(db, tier, daysBefore(14)) },
    'store a second of requests': { atMost: 50, work: () => insertObservations(db, second) },
    'roll a minute up': { atMost: 500, work: () => rollUpMinutes(db, new Date(end.getTime() - 60_000), end) },
    'delete five minutes': { atMost: 1000, work: () => deleteObservations(db, end) },
  }
}

/** Two models share the requests; latencies spread over two doublings. */
async function fill(db: Kysely<Tables>): Promise<void> {
  await sql`
    insert into live_minutes (minute, tier, model_name, arm, stage, n, first_attempts, errors, cancelled, invalid, slow,
      input_tokens, output_tokens, cost_usd, of_unknown_cost, first_bucket, latency_counts)
    select minute, ${tier}, ${model}, 'incumbent', 'none', 6000, 6000, 30, 5, 10, 300, 5400000, 600000, 0.6, 0, 64,
      array[10, 50, 100, 300, 500, 800, 1000, 900, 800, 600, 400, 250, 150, 80, 40, 20]
    from generate_series(${daysBefore(365)}::timestamptz, ${end}::timestamptz - interval '1 minute', '1 minute') as minute`.execute(
    db,
  )
  await sql`
    insert into live_observations (at, request_id, tier, model_name, arm, stage, attempt, outcome, slow, latency_ms,
      input_tokens, output_tokens, cost_usd)
    select ${end}::timestamptz - make_interval(secs => number / 100.0), 'request-' || number, ${tier},
      case when number % 10 = 0 then 'gemini-2.0-flash-lite-001' else ${model} end,
      case when number % 10 = 0 then 'challenger' else 'incumbent' end, 'partial', 1,
      case when number % 200 = 0 then 'failed' else 'answered' end, number % 20 = 0, 300 + number % 900, 900, 100, 0.0001
    from generate_series(1000000, 1, -1) as number`.execute(db)
  await sql`analyze live_minutes, live_observations`.execute(db)
}
