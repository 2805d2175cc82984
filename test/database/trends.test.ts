import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { finishEvaluation } from '../../src/database/evaluation-queries.ts'
import { rollUpMinutes } from '../../src/database/live-minute-queries.ts'
import { insertObservations } from '../../src/database/observation-queries.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { finishRun } from '../../src/database/run-queries.ts'
import { loadTrend } from '../../src/database/trend-queries.ts'
import type { Evaluation } from '../../src/evaluation/evaluation.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import { exampleSummary, failedOutcome, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { exampleObservation } from '../support/example-rollout.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'
const day = (text: string) => new Date(`${text}T01:00:00Z`)

interface Week {
  at: string
  prompt?: string
  litePrice?: number
  liteVersion?: string | null
  outcomes?: Outcome[]
  overrides?: Partial<Evaluation>
}

/** A completed evaluation of tier 1 as the epoch is stored: what all models share, and what concerns one. */
async function storeWeek({ db }: Database, week: Week): Promise<string> {
  const { at, prompt = 'p1', litePrice = 1, liteVersion = 'lite-a', outcomes = [], overrides = {} } = week
  const models = { [flash]: { id: flash, price: { input: 1 } }, [lite]: { id: lite, price: { input: litePrice } } }
  const decision = { epoch: { shared: { prompt, dataset: 'd1' }, models } }
  const { evaluation, runs } = await storeEvaluation(db, { startedAt: day(at), decision, ...overrides })
  const told = scoredOutcome({ model: lite, modelVersion: liteVersion ?? undefined, askedAt: day(at), costUsd: 0.5 })
  await insertOutcomes(db, evaluation.id, [told, ...outcomes])
  const end = { status: 'completed', finishedAt: day(at) } as const
  for (const { id } of runs) await finishRun(db, id, { ...end, summary: exampleSummary() })
  await finishEvaluation(db, evaluation.id, end)
  return evaluation.id
}

forEachDatabase((databases) => {
  let database: Database

  beforeAll(async () => {
    database = await databases.open()
    const { db } = database
    const first = await storeWeek(database, {
      at: '2026-11-01',
      outcomes: [
        scoredOutcome({ model: flash, askedAt: day('2026-11-01'), costUsd: 0.25 }),
        failedOutcome({ model: flash, sampleKey: 'b', askedAt: day('2026-11-02') }),
      ],
    })
    await storeWeek(database, { at: '2026-11-03', prompt: 'trial', overrides: { applies: false } })
    await storeWeek(database, { at: '2026-11-04', prompt: 'again', overrides: { confirms: first } })
    await storeWeek(database, { at: '2026-11-08' })
    await storeWeek(database, { at: '2026-11-15', litePrice: 2, liteVersion: 'lite-b' })
    await storeWeek(database, { at: '2026-11-22', litePrice: 2, liteVersion: null, prompt: 'p2' })
    const live = { at: day('2026-11-10'), tier: 1, model: flash, rolloutId: undefined, countsEpoch: undefined }
    await insertObservations(db, [
      exampleObservation({ ...live, requestId: randomUUID(), arm: 'incumbent', stage: 'shadow', costUsd: 2 }),
      exampleObservation({ ...live, requestId: randomUUID(), arm: 'incumbent', stage: 'none', costUsd: undefined }),
      exampleObservation({ ...live, model: lite, arm: 'challenger', stage: 'shadow', costUsd: undefined }),
    ])
    await rollUpMinutes(db, day('2026-11-10'), new Date('2026-11-10T01:01:00Z'))
  })

  const trend = async (model: string, applies = true) => {
    const query = database.db.selectFrom('model_trends').where('model', '=', model).where('applies', '=', applies)
    return query.select(['week', 'changed', 'epoch', 'model_versions']).orderBy('evaluated_at').execute()
  }

  test('a trend says what made results incomparable, and numbers the stretches between', async () => {
    const rows = await trend(lite)
    expect(rows.map(({ changed, epoch }) => [changed, epoch])).toEqual([
      [null, 1],
      [null, 1],
      ['price, version', 2],
      ['prompt', 3],
    ])
    expect(rows.map((row) => row.model_versions)).toEqual(['lite-a', 'lite-a', 'lite-b', null])
  })

  test('what changes for one model marks no other', async () => {
    expect((await trend(flash)).map(({ changed }) => changed)).toEqual([null, null, null, 'prompt'])
  })

  test('the latest evaluations until a time are loaded oldest first, trials apart', async () => {
    const range = { tier: 1, until: day('2026-11-15'), applies: true, evaluations: 2 }
    const rows = await loadTrend(database.db, range)
    const told = rows.filter(({ model }) => model === lite).map(({ evaluatedAt, changed }) => [evaluatedAt, changed])
    expect(told).toEqual([
      [day('2026-11-08'), null],
      [day('2026-11-15'), 'price, version'],
    ])
    expect(rows[0]).toMatchObject({ role: 'incumbent', accuracy: 81.23 })
    const trials = await loadTrend(database.db, { ...range, applies: false })
    expect(new Set(trials.map(({ evaluatedAt }) => evaluatedAt.toISOString()))).toEqual(
      new Set([day('2026-11-03').toISOString()]),
    )
  })

  test('weeks begin on Monday in UTC, whatever the time zone of the client is', async () => {
    expect((await trend(lite)).map(({ week }) => week)).toEqual([
      '2026-10-26',
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
    ])
    await database.db.transaction().execute(async (trx) => {
      await sql`set local time zone 'Pacific/Auckland'`.execute(trx)
      const { rows } = await sql<{ week: string }>`select min(week)::text as week from model_trends`.execute(trx)
      expect(rows).toEqual([{ week: '2026-10-26' }])
    })
  })

  test('a trial is compared with trials only, and a re-run that confirms is in no trend', async () => {
    expect(await trend(lite, false)).toEqual([
      { week: '2026-11-02', changed: null, epoch: 1, model_versions: 'lite-a' },
    ])
  })

  test('the week of a model tells testing, live requests and copies apart; unknown is null and never 0', async () => {
    const costs = await database.db
      .selectFrom('weekly_costs')
      .selectAll()
      .where('tier', '=', 1)
      .orderBy('week')
      .execute()
    const of = (week: string, model: string) => costs.find((row) => row.week === week && row.model === model)
    expect(of('2026-10-26', flash)).toMatchObject({
      test_calls: 1,
      test_cost_usd: 0.25,
      live_calls: 0,
      live_cost_usd: 0,
      cost_usd: 0.25,
      calls_of_unknown_cost: 0,
    })
    expect(of('2026-11-02', flash)).toMatchObject({ test_calls: 1, test_cost_usd: null, cost_usd: null })
    expect(of('2026-11-09', flash)).toMatchObject({
      test_calls: 0,
      test_cost_usd: 0,
      live_calls: 2,
      live_cost_usd: 2,
      shadow_calls: 0,
      calls: 2,
      calls_of_unknown_cost: 1,
    })
    expect(of('2026-11-09', lite)).toMatchObject({
      live_calls: 0,
      shadow_calls: 1,
      shadow_cost_usd: null,
      cost_usd: 0.5,
    })
  })
})
