import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assign } from '../../src/database/assignment-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { listEvaluations } from '../../src/database/evaluation-queries.ts'
import { loadRecommendation } from '../../src/database/recommendation-queries.ts'
import { recommendWithEvidence } from '../../src/recommendation/evidence.ts'
import { canonicalJson, type JsonValue } from '../../src/shared/json.ts'
import { recommendAgain } from '../../src/workflows/recommend-again.ts'
import { type VerdictInput, verdictInputOf } from '../../src/workflows/verdict-input.ts'
import { verdictRecords } from '../../src/workflows/verdict-records.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { type Behaviours, simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models: Behaviours = {
  held: 'errorRate: 0.02, latencyMs: 2000',
  near: 'errorRate: 0.02, latencyMs: 1700',
  hopeless: 'errorRate: 0.9, latencyMs: 2000',
}
const alone: Behaviours = { held: 'errorRate: 0.02, latencyMs: 2000', before: 'errorRate: 0.02, latencyMs: 2000' }
const targets = 'targets: { latencyMs: 2000, costUsd: 0.002 }'

onEmbedded((databases) => {
  test('weeks that are pooled, raced, locked, tried, re-weighted and begun anew are the same again', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    for (const request of [{}, {}, { apply: false }, { limit: 12 }, {}]) {
      await weeks.week({ models, tier: targets, request })
    }
    const speedy = `${targets}, weights: { accuracy: 0.2, speed: 0.7, cost: 0.1 }`
    await weeks.week({ models, tier: speedy })
    await weeks.week({ models, tier: `${targets}, formula: "0.9 * accuracy + 0.1 * speed"` })
    appendFileSync(join(weeks.folder, 'tickets/tier1/prompt.md'), '\nBe brief.\n')
    await weeks.week({ models, tier: targets, request: { racing: false } })

    const inputs = await expectTheSameAgain(database, await weeks.workspaceOf({ models, tier: targets }))
    expect(inputs.some(({ pooled }) => pooled.length > 1)).toBe(true)
    expect(inputs.some(({ dropped }) => dropped.length > 0)).toBe(true)
    expect(inputs.some(({ locked }) => locked.length > 0)).toBe(true)
    expect(inputs.some(({ verdicts }) => verdicts.length === 0)).toBe(true)
    expect(inputs.some(({ epochChanges }) => epochChanges.includes('prompt changed'))).toBe(true)
    expect(inputs.some(({ config }) => config?.formula === '0.9 * accuracy + 0.1 * speed')).toBe(true)
  })

  test('drift that is suspected, tested again and rolled back is the same again, and so is what follows', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 30)
    await weeks.workspaceOf({ models: alone, tier: targets })
    for (const model of ['before', 'held']) {
      await assign(database.db, { tier: 1, model, reason: 'a test', assignedBy: 'manual:Ada', at: weeks.clock.now() })
    }
    const worse = { ...alone, held: 'errorRate: 0.6, latencyMs: 2000' }
    // Who is new is compared with the run of the incumbent, not with its re-test.
    const worseAndNew = { ...worse, late: 'errorRate: 0.02, latencyMs: 2000' }
    for (const behaviours of [alone, worse, alone, alone, worseAndNew, alone]) {
      await weeks.week({ models: behaviours, tier: targets, request: { racing: false } })
    }
    const inputs = await expectTheSameAgain(database, await weeks.workspaceOf({ models: alone, tier: targets }))
    const statuses = inputs.map(({ drift }) => drift?.status)
    expect(statuses).toContain('suspect')
    expect(statuses).toContain('rollback')
    expect(inputs.some(({ locked }) => locked.some(({ reason }) => reason === 'rolled_back'))).toBe(true)
  })

  test('a verdict under a margin that earlier switches have narrowed is the same again', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const dull: Behaviours = { ...models, fast: 'errorRate: 0.3, latencyMs: 500' }
    const options = { models: dull, tier: `${targets}, settings: { niMargin: 60 }`, request: { racing: false } }
    const { id: evaluationId } = await weeks.week(options)
    const at = weeks.clock.now()
    await assign(database.db, { tier: 1, model: 'fast', reason: 'switch', assignedBy: 'auto', at, evaluationId })
    await weeks.week(options)
    const inputs = await expectTheSameAgain(database, await weeks.workspaceOf(options))
    const margins = inputs.map(({ config }) => config?.niMargin ?? 0).toSorted((one, other) => one - other)
    expect(margins[0]).toBeLessThan(60)
    expect(margins.at(-1)).toBe(60)
  })
})

/** Every verdict of tier 1, decided again; and what explains it rests on the records that it was made from. */
async function expectTheSameAgain(database: Database, workspace: Workspace): Promise<VerdictInput[]> {
  const inputs: VerdictInput[] = []
  for (const evaluation of await listEvaluations(database.db, { tier: 1, limit: 100 })) {
    const stored = await loadRecommendation(database.db, evaluation.id)
    if (stored === undefined) throw new Error(`Evaluation ${evaluation.id} has no verdict.`)
    const [again] = await recommendAgain(workspace, { evaluation: evaluation.id, tiers: undefined })
    expect(again?.reasoning).toBe(stored.reasoning)
    for (const part of ['input', 'analysis', 'recommendation'] as const) {
      expect(bytes(again?.[part])).toBe(bytes(stored[part]))
    }
    const { records } = await verdictRecords(database.db, evaluation, stored.input)
    expect(bytes(recommendWithEvidence(records))).toBe(bytes(stored.recommendation))
    inputs.push(verdictInputOf(stored))
  }
  return inputs
}

function bytes(value: object | undefined): string {
  return canonicalJson(JSON.parse(JSON.stringify(value ?? null)) as JsonValue)
}
