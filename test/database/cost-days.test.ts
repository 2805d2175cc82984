import { beforeAll, expect, test } from 'vitest'
import { keepCostDays, keepEvaluationCosts, listCostDays, listCostWeeks } from '../../src/database/cost-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { rollUpMinutes } from '../../src/database/live-minute-queries.ts'
import { insertObservations } from '../../src/database/observation-queries.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { failedOutcome, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { exampleObservation } from '../support/example-rollout.ts'
import { onEmbedded } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'
const at = (day: number, time = '10:00') => new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00Z`)

onEmbedded((databases) => {
  let database: Database
  let evaluationId: string

  async function live(day: number, overrides: Parameters<typeof exampleObservation>[0] = {}): Promise<void> {
    const base = { at: at(day, '10:00'), tier: 1, model: flash, rolloutId: undefined, countsEpoch: undefined }
    await insertObservations(database.db, [
      exampleObservation({ ...base, arm: 'incumbent', stage: 'none', attempt: 1, costUsd: 2, ...overrides }),
    ])
    await rollUpMinutes(database.db, at(day, '10:00'), at(day, '10:01'))
  }

  beforeAll(async () => {
    database = await databases.open()
    const { evaluation } = await storeEvaluation(database.db)
    evaluationId = evaluation.id
    await insertOutcomes(database.db, evaluation.id, [
      scoredOutcome({ model: flash, askedAt: at(1, '23:59'), costUsd: 0.25 }),
      failedOutcome({ model: flash, sampleKey: 'b', askedAt: at(2, '00:00') }),
      scoredOutcome({ model: lite, sampleKey: 'b', askedAt: at(15), costUsd: 0.5 }),
    ])
    await live(9)
    await live(9, { model: lite, arm: 'challenger', stage: 'shadow', costUsd: undefined })
    await live(9, { attempt: 2, costUsd: 1 })
    await live(16, { tier: undefined, arm: 'direct' })
  })

  const views = async () => ({
    days: await listCostDays(database.db, '2026-01-01'),
    weeks: await database.db.selectFrom('weekly_costs').selectAll().orderBy('week').orderBy('model').execute(),
    byModel: await listCostWeeks(database.db, '2026-11-09'),
  })
  const keptDays = async () => {
    const rows = await database.db.selectFrom('cost_days').select('day').distinct().orderBy('day').execute()
    return rows.map(({ day }) => day)
  }

  test('a day tells requests from attempts and copies; unknown is null and never 0', async () => {
    const { days } = await views()
    const of = (day: string) => days.filter((row) => row.day === day)
    expect(of('2026-11-01')).toMatchObject([{ tier: 1, purpose: 'test', calls: 1, requests: 0, costUsd: 0.25 }])
    expect(of('2026-11-02')).toMatchObject([{ purpose: 'test', calls: 1, costUsd: null, callsOfUnknownCost: 1 }])
    expect(of('2026-11-09')).toMatchObject([
      { model: flash, purpose: 'live', calls: 2, requests: 1, costUsd: 3 },
      { model: lite, purpose: 'shadow', calls: 1, requests: 0, costUsd: null },
    ])
    expect(of('2026-11-16')).toMatchObject([{ tier: null, purpose: 'live', requests: 1 }])
  })

  test('keeping the sums of an evaluation changes no figure', async () => {
    const before = await views()
    await keepEvaluationCosts(database.db, evaluationId)
    await keepEvaluationCosts(database.db, evaluationId)
    const kept = await database.db.selectFrom('evaluation_costs').select(['day', 'calls']).orderBy('day').execute()
    expect(kept.map(({ day, calls }) => [day, calls])).toEqual([
      ['2026-11-01', 1],
      ['2026-11-02', 1],
      ['2026-11-15', 1],
    ])
    expect(await views()).toEqual(before)
  })

  test('keeping the sums of days that are over changes no figure, and calls that come later count', async () => {
    const before = await views()
    await keepCostDays(database.db, '2026-11-09')
    expect(await keptDays()).toEqual(['2026-11-01', '2026-11-02'])
    expect(await views()).toEqual(before)
    await keepCostDays(database.db, '2026-11-14')
    await keepCostDays(database.db, '2026-11-14')
    expect(await keptDays()).toEqual(['2026-11-01', '2026-11-02', '2026-11-09'])
    expect(await views()).toEqual(before)
    await live(20)
    expect((await views()).days.at(-1)).toMatchObject({ day: '2026-11-20', calls: 1 })
  })
})
