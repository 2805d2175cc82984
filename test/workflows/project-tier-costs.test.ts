import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { finishEvaluation } from '../../src/database/evaluation-queries.ts'
import { insertObservations } from '../../src/database/observation-queries.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { finishRun } from '../../src/database/run-queries.ts'
import type { Evaluation } from '../../src/evaluation/evaluation.ts'
import type { CostProjection } from '../../src/reporting/cost-projection/cost-projection.ts'
import { type CostRequest, projectTierCosts } from '../../src/workflows/project-tier-costs.ts'
import { loadRouting } from '../../src/workflows/rollout/load-routes.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { exampleSummary, failedOutcome, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { exampleObservation } from '../support/example-rollout.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'
const configuration = `
models: [{ name: qwen3-4b, provider: ollama }]
tiers: { 1: { candidates: [${flash}, ${lite}, qwen3-4b, gemini-1.5-flash] }, 2: none, 3: none }
electricity: { usdPerKwh: 0.3, watts: 400, asOf: 2026-11-01 }
budget: { monthUsd: 60 }
`
const samples = Array.from({ length: 12 }, (_, index) => `s${index}`)
const usual: CostRequest = {
  tiers: [1],
  requestsPerDay: 5000,
  growthPerMonth: 0,
  tokens: undefined,
  priceChanges: [],
  budgetUsdPerMonth: undefined,
}

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  const clock = createFakeClock()
  let workspace: Workspace

  beforeAll(async () => {
    writeFileSync(join(cwd, 'incumbent.yaml'), configuration)
    const database = await databases.open()
    const config = loadConfig({ cwd, environment: { OLLAMA_HOST: '127.0.0.1:9' } })
    workspace = { config, database, clock }
    await syncRegistry(database.db, config, clock.now())
    await stored({ startedAt: new Date(clock.now().getTime() - 86_400_000) }, 1000)
    await stored({ startedAt: clock.now(), applies: false }, 9999)
  })

  async function stored(overrides: Partial<Evaluation>, inputTokens: number): Promise<void> {
    const { db } = workspace.database
    const models = [flash, lite, 'qwen3-4b'].map((name) => {
      const providerKind = name === 'qwen3-4b' ? ('ollama' as const) : ('gemini' as const)
      return { name, provider: providerKind, providerKind, role: 'challenger' as const, repeats: 2 }
    })
    const { evaluation, runs } = await storeEvaluation(db, { sampleKeys: samples, models, ...overrides })
    const usage = { inputTokens, outputTokens: 300, reasoningTokens: undefined, cachedInputTokens: undefined }
    const outcomes = models.flatMap(({ name: model }) =>
      samples.flatMap((sampleKey) => [
        scoredOutcome({ model, sampleKey, repeat: 0, usage, latencyMs: 6000 }),
        failedOutcome({ model, sampleKey, repeat: 1 }),
      ]),
    )
    await insertOutcomes(db, evaluation.id, outcomes)
    const end = { status: 'completed', finishedAt: clock.now() } as const
    for (const { id } of runs) await finishRun(db, id, { ...end, summary: exampleSummary() })
    await finishEvaluation(db, evaluation.id, end)
  }

  async function projection(request: Partial<CostRequest> = {}): Promise<CostProjection> {
    const [found] = await projectTierCosts(workspace, { ...usual, ...request })
    if (found === undefined) throw new Error('Nothing was projected.')
    return found
  }

  test('every candidate of the tier is projected from its own tokens in the newest evaluation that is no trial', async () => {
    const { models, budgetUsdPerMonth, tokens } = await projection()
    expect({ budgetUsdPerMonth, tokens }).toEqual({ budgetUsdPerMonth: 60, tokens: 'golden' })
    expect(models.map(({ model, status }) => [model, status])).toEqual([
      [flash, 'projected'],
      [lite, 'projected'],
      ['qwen3-4b', 'projected'],
      ['gemini-1.5-flash', 'use-unknown'],
    ])
    const [held] = models
    expect(held).toMatchObject({ holdsSeat: true, isOnFreePlan: true, samples: 12 })
    expect(held?.tokensPerRequest).toEqual({ input: 1000, output: 300 })
    expect(held?.costUsd?.month.mean).toBeCloseTo(33, 9)
  })

  test('a local model costs the electricity of the time in which it answers, live requests too', async () => {
    const qwen = (await projection()).models.find(({ model }) => model === 'qwen3-4b')
    // 6 seconds of 400 watts at 0.30 dollars a kilowatt-hour, for each of 150,000 requests.
    expect(qwen?.costUsd?.month.mean).toBeCloseTo(((0.4 * 6) / 3600) * 0.3 * 150_000, 6)
    const routed = (await loadRouting(workspace)).models.find(({ name }) => name === 'qwen3-4b')
    expect(routed?.price).toMatchObject({ usdPerHour: expect.closeTo(0.12, 9) as number })
  })

  test('another price counts from its day on, and that of an unknown model is refused', async () => {
    const change = { model: flash, inputUsdPer1k: 0.0002, outputUsdPer1k: 0.0008, from: undefined }
    expect((await projection({ priceChanges: [change] })).models[0]?.costUsd?.month.mean).toBeCloseTo(66, 9)
    await expect(projection({ priceChanges: [{ ...change, model: 'gemini-2.0-flsh-001' }] })).rejects.toThrow(
      'did you mean "gemini-2.0-flash-001"?',
    )
  })

  test('without a number of requests the live ones count, with their tokens', async () => {
    await expect(projection({ requestsPerDay: undefined })).rejects.toThrow('such as --per-day 5000')
    const at = new Date(clock.now().getTime() - 3_600_000)
    const usage = { inputTokens: 2000, outputTokens: 300, reasoningTokens: undefined, cachedInputTokens: undefined }
    const observations = Array.from({ length: 120 }, () =>
      exampleObservation({ at, requestId: randomUUID(), tier: 1, model: flash, usage }),
    )
    await insertObservations(workspace.database.db, observations)
    const { requestsPerDay, tokens, models } = await projection({ requestsPerDay: undefined })
    expect({ requestsPerDay, tokens }).toEqual({ requestsPerDay: 120, tokens: 'live' })
    expect(models.find(({ model }) => model === lite)?.tokensPerRequest).toEqual({ input: 2000, output: 300 })
  })
})
