import { beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { importGoldenJobs } from '../../src/database/golden-job-queries.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import type { Evaluation } from '../../src/evaluation/evaluation.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import type { ExportedOutcome } from '../../src/reporting/exported-outcome.ts'
import { type ExportRequest, exportOutcomes } from '../../src/workflows/export-outcomes.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { exampleTime, failedOutcome, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'
const everything: ExportRequest = {
  evaluation: undefined,
  tiers: undefined,
  models: undefined,
  since: undefined,
  withInputs: false,
}
/** More than two pages. */
const keys = Array.from({ length: 210 }, (_, index) => `s${String(index).padStart(3, '0')}`)
const firstOutcomes = [flash, lite].flatMap((model) =>
  keys.flatMap((sampleKey, index): Outcome[] => [
    scoredOutcome({ model, sampleKey, accuracy: (100 / 3) * (index % 3), costUsd: 0.1 + 0.2 }),
    failedOutcome({ model, sampleKey, repeat: 1 }),
    scoredOutcome({ model, sampleKey, repeat: 2, rawText: 'größer\n"' }),
  ]),
)

forEachDatabase((databases) => {
  const cwd = temporaryFolder()
  let workspace: Workspace
  let first: Evaluation
  let queries = 0

  beforeAll(async () => {
    const database = await databases.open()
    workspace = { config: loadConfig({ cwd, environment: {} }), database, clock: createFakeClock() }
    first = (await storeEvaluation(database.db, { sampleKeys: keys })).evaluation
    await insertOutcomes(database.db, first.id, firstOutcomes)
    const later = new Date(exampleTime.getTime() + 86_400_000)
    const second = { sampleKeys: ['s000'], tier: 2, startedAt: later, applies: false }
    const { evaluation } = await storeEvaluation(database.db, second)
    await insertOutcomes(database.db, evaluation.id, [scoredOutcome({ model: lite, sampleKey: 's000' })])
    const sample = (key: string) => ({
      key,
      input: { text: `input of ${key}` },
      category: 'finance',
      complexity: 'simple' as const,
      cluster: undefined,
      notes: undefined,
    })
    const targets = new Map(keys.slice(1).map((key) => [key, { key, target: { industry: key }, verifiedBy: 'Ada' }]))
    await importGoldenJobs(
      database.db,
      { name: 'job-analysis', version: 'v1', samples: keys.map(sample), targets: new Map([[1, targets as never]]) },
      exampleTime,
    )
    const plain = database.db
    workspace.database = {
      ...database,
      db: plain.withPlugin({
        transformQuery: ({ node }) => {
          queries += 1
          return node
        },
        transformResult: ({ result }) => Promise.resolve(result),
      }),
    }
  })

  async function exported(request: Partial<ExportRequest> = {}): Promise<ExportedOutcome[]> {
    const all: ExportedOutcome[] = []
    for await (const outcome of exportOutcomes(workspace, { ...everything, ...request })) all.push(outcome)
    return all
  }

  test('every outcome is exported once, page after page, as it is stored', async () => {
    const all = await exported()
    expect(all).toHaveLength(firstOutcomes.length + 1)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const byId = new Map(all.map((outcome) => [outcome.id, outcome]))
    for (const outcome of firstOutcomes) {
      const found = byId.get(`${first.id}/${outcome.model}/${outcome.sampleKey}/${outcome.repeat + 1}`)
      const { latencyMs = null, costUsd = null } = outcome
      expect(found).toMatchObject({ latencyMs, cost: costUsd })
      expect(found?.score).toBe(outcome.status === 'scored' ? outcome.accuracy / 100 : null)
    }
  })

  test('with what was expected, and with the input where it is asked for', async () => {
    const [unlabelled, labelled] = (await exported({ models: [flash] })).filter(({ metadata }) => metadata.repeat === 1)
    expect(unlabelled).toMatchObject({ inputId: 's000', expected: null })
    expect(labelled).toMatchObject({ inputId: 's001', expected: { industry: 's001' } })
    expect(labelled).not.toHaveProperty('input')
    const [withInput] = await exported({ models: [flash], withInputs: true })
    expect(withInput?.input).toEqual({ text: 'input of s000' })
  })

  test('by evaluation, tier, model and day', async () => {
    const models = async (request: Partial<ExportRequest>) =>
      new Set((await exported(request)).map(({ model }) => model))
    expect(await models({ evaluation: first.id.slice(0, 8), models: [lite] })).toEqual(new Set([lite]))
    const ofTier = await exported({ tiers: [2] })
    expect(ofTier.map(({ metadata }) => [metadata.tier, metadata.isTrial])).toEqual([[2, true]])
    expect(await exported({ since: new Date(exampleTime.getTime() + 1) })).toEqual(ofTier)
    await expect(exported({ evaluation: 'zzzz' })).rejects.toThrow('There is no evaluation zzzz.')
  })

  test('no page is read before it is wanted', async () => {
    const each = exportOutcomes(workspace, everything)
    await each.next()
    queries = 0
    for (let taken = 1; taken < 501; taken += 1) await each.next()
    expect(queries).toBe(0)
    await each.next()
    expect(queries).toBeGreaterThan(0)
    await each.return(undefined)
  })
})
