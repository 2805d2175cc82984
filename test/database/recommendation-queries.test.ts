import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { assign } from '../../src/database/assignment-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { finishEvaluation, listEvaluations, loadConfirmation } from '../../src/database/evaluation-queries.ts'
import { loadLeaderboard } from '../../src/database/leaderboard-queries.ts'
import {
  addFollowed,
  insertRecommendation,
  latestVerdicts,
  loadRecommendation,
  type StoredRecommendation,
} from '../../src/database/recommendation-queries.ts'
import { finishRun } from '../../src/database/run-queries.ts'
import { exampleSummary, exampleTime, storeEvaluation } from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'

function verdict(evaluationId: string, overrides: Partial<StoredRecommendation> = {}): StoredRecommendation {
  return {
    id: randomUUID(),
    evaluationId,
    tier: 1,
    decision: 'recommend',
    incumbent: flash,
    target: lite,
    confidence: 0.912_345_678_901_234,
    reasoning: 'lite is as good and twice as fast',
    consumedLook: true,
    input: { records: [{ item: 'a', model: lite, repeat: 0, ok: true, accuracy: 87.500_000_000_000_01 }], looks: {} },
    analysis: { models: { [lite]: { total: 81.2 } } },
    recommendation: { decision: 'recommend', reasons: ['faster'] },
    decidedAt: exampleTime,
    ...overrides,
  }
}

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  test('a verdict comes back with all that it was made from', async () => {
    const { evaluation } = await storeEvaluation(database.db, { status: 'completed' })
    const stored = verdict(evaluation.id)
    expect(await insertRecommendation(database.db, stored)).toBe('inserted')
    expect(await loadRecommendation(database.db, evaluation.id)).toEqual({ ...stored, followed: [] })
    expect(await loadRecommendation(database.db, randomUUID())).toBeUndefined()
  })

  test('what followed from a verdict is kept with it, in the order in which it happened', async () => {
    const { evaluation } = await storeEvaluation(database.db, { status: 'completed' })
    await insertRecommendation(database.db, verdict(evaluation.id))
    await addFollowed(database.db, evaluation.id, ['It enters the shadow.'])
    await addFollowed(database.db, evaluation.id, ['A re-run confirms it.', 'It takes the seat.'])
    const stored = await loadRecommendation(database.db, evaluation.id)
    expect(stored?.followed).toEqual(['It enters the shadow.', 'A re-run confirms it.', 'It takes the seat.'])
  })

  test('an evaluation has one verdict: the first stands', async () => {
    const { evaluation } = await storeEvaluation(database.db, { status: 'completed' })
    const first = verdict(evaluation.id, { decision: 'insufficient_data', target: undefined, confidence: undefined })
    await insertRecommendation(database.db, first)
    expect(await insertRecommendation(database.db, verdict(evaluation.id))).toBe('exists')
    expect(await loadRecommendation(database.db, evaluation.id)).toEqual({ ...first, followed: [] })
  })

  test('the latest verdict of each tier is that which was decided last', async () => {
    for (const [tier, hour] of [
      [21, 1],
      [21, 3],
      [21, 2],
      [22, 1],
    ] as const) {
      const { evaluation } = await storeEvaluation(database.db, { status: 'completed', tier })
      const decidedAt = new Date(Date.UTC(2026, 0, 1, hour))
      await insertRecommendation(database.db, verdict(evaluation.id, { tier, decidedAt }))
    }
    const latest = (await latestVerdicts(database.db)).filter(({ tier }) => tier > 20)
    expect(latest.map(({ tier, decidedAt }) => [tier, decidedAt.getUTCHours()])).toEqual([
      [21, 3],
      [22, 1],
    ])
    expect(latest[0]).not.toHaveProperty('input')
  })

  test('a re-run that confirms another is neither the latest verdict of its tier nor its standing', async () => {
    const { evaluation } = await storeEvaluation(database.db, { tier: 5 })
    await finishEvaluation(database.db, evaluation.id, { status: 'completed', finishedAt: exampleTime })
    const later = new Date(exampleTime.getTime() + 60_000)
    const again = await storeEvaluation(database.db, { tier: 5, confirms: evaluation.id, startedAt: later })
    await finishEvaluation(database.db, again.evaluation.id, { status: 'completed', finishedAt: later })
    await insertRecommendation(database.db, verdict(evaluation.id, { tier: 5, decision: 'switch' }))
    const confirmation = verdict(again.evaluation.id, { tier: 5, decision: 'keep', decidedAt: later })
    await insertRecommendation(database.db, confirmation)
    const latest = (await latestVerdicts(database.db)).find(({ tier }) => tier === 5)
    expect(latest?.decision).toBe('switch')
    const places = (await loadLeaderboard(database.db)).filter(({ tier }) => tier === 5)
    expect(new Set(places.map(({ evaluationId }) => evaluationId))).toEqual(new Set([evaluation.id]))
    expect((await listEvaluations(database.db, { tier: 5, limit: 5 })).map(({ id }) => id)).toEqual([evaluation.id])
    expect((await loadConfirmation(database.db, evaluation.id))?.id).toBe(again.evaluation.id)
  })

  test('the leaderboard shows the latest completed evaluation of a tier, best first, baselines last', async () => {
    const fresh = await databases.open()
    async function evaluate(day: number, status: 'completed' | 'invalid', totals: (number | null)[]): Promise<string> {
      const startedAt = new Date(Date.UTC(2026, 0, day))
      const { evaluation, runs } = await storeEvaluation(fresh.db, { startedAt })
      for (const [index, run] of runs.entries()) {
        const scores = { accuracy: 80, speed: 70, cost: null, total: totals[index] ?? null }
        const summary = exampleSummary({ scores, costUsd: 0.9 })
        await finishRun(fresh.db, run.id, { status: 'completed', finishedAt: startedAt, summary })
      }
      await finishEvaluation(fresh.db, evaluation.id, { status, finishedAt: startedAt })
      return evaluation.id
    }
    expect(await loadLeaderboard(fresh.db)).toEqual([])
    await evaluate(1, 'completed', [90, 10, 99])
    const latest = await evaluate(2, 'completed', [70, 80, 99])
    await evaluate(3, 'invalid', [1, 2, 3])
    await insertRecommendation(fresh.db, verdict(latest))
    await assign(fresh.db, { tier: 1, model: lite, assignedBy: 'auto', reason: 'verdict', at: exampleTime })

    const standings = await loadLeaderboard(fresh.db)
    expect(standings.map(({ rank, model, role, total, holdsSeat }) => [rank, model, role, total, holdsSeat])).toEqual([
      [1, lite, 'challenger', 80, true],
      [2, flash, 'incumbent', 70, false],
      [null, 'rules-basic', 'baseline', 99, false],
    ])
    expect(standings[0]).toEqual({
      tier: 1,
      tierName: 'core',
      rank: 1,
      model: lite,
      provider: 'gemini',
      role: 'challenger',
      holdsSeat: true,
      accuracy: 81.23,
      accuracyCi95: [75.5, 87],
      speed: 70,
      cost: null,
      total: 80,
      p50Ms: 800,
      p95Ms: 1402,
      costUsd: 0.9,
      callsMade: 9,
      callsFailed: 1,
      decision: 'recommend',
      target: lite,
      confidence: 0.912_345_678_901_234,
      dataset: 'job-analysis@v1',
      evaluationId: latest,
      evaluatedAt: new Date(Date.UTC(2026, 0, 2)),
    })
  })
})
