import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { finishCycle, insertCycle, listCycles, loadCycle, reopenCycle } from '../../src/database/cycle-queries.ts'
import type { Database } from '../../src/database/database.ts'
import {
  findEvaluations,
  finishEvaluation,
  insertEvaluation,
  interruptEvaluations,
  listEvaluations,
  loadEvaluation,
  reopenEvaluation,
  runningTiers,
} from '../../src/database/evaluation-queries.ts'
import { loadRuns } from '../../src/database/run-queries.ts'
import { exampleEvaluation, exampleRuns, exampleTime, storeEvaluation } from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  test('an evaluation comes back as it was stored, with its runs', async () => {
    const { evaluation, runs } = await storeEvaluation(database.db, { tier: 11 })
    expect(await loadEvaluation(database.db, evaluation.id)).toEqual(evaluation)
    expect(await loadRuns(database.db, evaluation.id)).toEqual(runs)
    expect(await loadEvaluation(database.db, randomUUID())).toBeUndefined()
    expect(await loadRuns(database.db, randomUUID())).toEqual([])
  })

  test('when one of its runs cannot be stored, nothing is', async () => {
    const evaluation = exampleEvaluation({ tier: 12 })
    await insertCycle(database.db, { id: evaluation.cycleId, startedBy: 'incumbent run', startedAt: exampleTime })
    const runs = exampleRuns(evaluation)
      .slice(0, 1)
      .map((run) => ({ ...run, model: 'in-no-registry' }))
    await expect(insertEvaluation(database.db, evaluation, runs)).rejects.toThrow(/foreign key/)
    expect(await loadEvaluation(database.db, evaluation.id)).toBeUndefined()
  })

  test('a tier cannot have two evaluations that run', async () => {
    await storeEvaluation(database.db, { tier: 13 })
    await expect(storeEvaluation(database.db, { tier: 13 })).rejects.toThrow(/evaluations_one_running_per_tier/)
  })

  test('an interrupted evaluation and its runs go on when it is reopened', async () => {
    const { evaluation } = await storeEvaluation(database.db, { tier: 14 })
    expect(await runningTiers(database.db)).toContain(14)
    expect(await interruptEvaluations(database.db, 14)).toEqual([evaluation.id])
    expect(await interruptEvaluations(database.db, 14)).toEqual([])
    const statuses = async () => (await loadRuns(database.db, evaluation.id)).map(({ status }) => status)
    expect(await statuses()).toEqual(['interrupted', 'interrupted', 'interrupted'])
    await reopenEvaluation(database.db, evaluation.id)
    expect(await loadEvaluation(database.db, evaluation.id)).toMatchObject({ status: 'running', finishedAt: undefined })
    expect(await statuses()).toEqual(['running', 'running', 'running'])
    await finishEvaluation(database.db, evaluation.id, { status: 'completed', finishedAt: exampleTime })
    expect(await loadEvaluation(database.db, evaluation.id)).toMatchObject({
      status: 'completed',
      finishedAt: exampleTime,
    })
  })

  test('evaluations are listed by tier, status and epoch, the newest first', async () => {
    const stored = []
    for (const [day, epochKey, applies] of [
      [1, 'x', true],
      [2, 'y', true],
      [3, 'x', false],
      [4, 'x', true],
    ] as const) {
      const startedAt = new Date(Date.UTC(2026, 0, day))
      const overrides = { tier: 15, status: 'completed' as const, startedAt, applies, decision: { epochKey, other: 1 } }
      stored.push((await storeEvaluation(database.db, overrides)).evaluation)
    }
    const [first, second, trial, last] = stored.map(({ id }) => id)
    const list = async (filter: object) => {
      return (await listEvaluations(database.db, { tier: 15, limit: 10, ...filter })).map(({ id }) => id)
    }
    expect(await list({})).toEqual([last, trial, second, first])
    expect(await list({ decision: { epochKey: 'x' }, applies: true, status: 'completed' })).toEqual([last, first])
    expect(await list({ limit: 1 })).toEqual([last])
    expect(await list({ status: 'running' })).toEqual([])
    expect(await list({ cycleId: stored[1]?.cycleId ?? '' })).toEqual([second])
  })

  test('an evaluation is found by the beginning of its identifier', async () => {
    const { evaluation } = await storeEvaluation(database.db, { tier: 16 })
    const typed = ` ${evaluation.id.slice(0, 12).toUpperCase()}`
    expect((await findEvaluations(database.db, typed)).map(({ id }) => id)).toEqual([evaluation.id])
    expect(await findEvaluations(database.db, "not' an id%")).toEqual([])
  })

  test('a cycle comes back with its report, and can be reopened', async () => {
    const id = randomUUID()
    await insertCycle(database.db, { id, startedBy: 'incumbent run --tier 1', startedAt: exampleTime })
    const running = { id, status: 'running', startedBy: 'incumbent run --tier 1', startedAt: exampleTime }
    expect(await loadCycle(database.db, id)).toEqual({
      ...running,
      finishedAt: undefined,
      reports: [],
      summary: undefined,
    })
    const end = { finishedAt: exampleTime, reports: ['reports/x/report.md'], summary: { cycle: id } }
    await finishCycle(database.db, id, { status: 'completed', ...end })
    expect(await loadCycle(database.db, id)).toEqual({ ...running, status: 'completed', ...end })
    await reopenCycle(database.db, id)
    expect(await loadCycle(database.db, id)).toMatchObject({ status: 'running', finishedAt: undefined })
    expect((await listCycles(database.db, 100)).map((cycle) => cycle.id)).toContain(id)
  })
})
