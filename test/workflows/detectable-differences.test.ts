import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import { detectableDifference } from '../../src/analysis/detectable-difference.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import type { Evaluation } from '../../src/evaluation/evaluation.ts'
import { detectableDifferences } from '../../src/workflows/detectable-differences.ts'
import { noHistoryStart } from '../../src/workflows/history.ts'
import { measuredSpreads, storedSpreads } from '../../src/workflows/measured-spreads.ts'
import { scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { onEmbedded } from '../support/test-databases.ts'

const hash = 'a'.repeat(64)

function tier(task: string, independent: number) {
  return { task, independent, labelled: independent, unlabelled: 0, hash: task === 'core' ? hash : 'b', verifiedBy: {} }
}

describe('what a version can detect', () => {
  test('is assumed once for all tiers of a size, where nothing was measured', () => {
    const rows = detectableDifferences([tier('core', 100), tier('enhanced', 100), tier('strategic', 50)], [], 2)
    expect(rows).toHaveLength(8)
    expect(rows[0]).toMatchObject({
      tasks: ['core', 'enhanced'],
      samples: 100,
      repeats: 3,
      basis: { kind: 'assumed', answers: 'all or nothing' },
    })
    expect(rows[0]?.smallest.total).toBeCloseTo(4.1, 1)
    expect(rows[0]?.missing?.total).toBeGreaterThan(250)
    expect(rows.at(-1)?.tasks).toEqual(['strategic'])
  })

  test('asks for no more samples where there are enough', () => {
    const [row] = detectableDifferences([tier('core', 100)], [], 50)
    expect(row?.missing).toEqual({ difference: 50, total: 0, accuracy: 0 })
  })

  test('comes from stored runs where they were measured', () => {
    const measured = [{ hash, repeats: 3, comparisons: 2, spread: { total: 10, accuracy: 20 } }]
    const rows = detectableDifferences([tier('core', 100), tier('enhanced', 100)], measured, undefined)
    const own = rows.filter(({ basis, repeats }) => basis.kind === 'measured' && repeats === 3)
    expect(own.map(({ tasks }) => tasks)).toEqual([['core']])
    expect(own[0]?.smallest.accuracy).toBeCloseTo(detectableDifference(20, 100) ?? 0, 12)
    expect(rows.filter(({ tasks }) => tasks.includes('core')).map(({ repeats }) => repeats)).toEqual([3, 1, 1])
  })
})

describe('a database that does not exist', () => {
  test('is not made for it', async () => {
    const config = { database: { url: undefined }, home: '/nowhere/at/all' }
    expect(await storedSpreads(config, [hash])).toEqual([])
  })
})

onEmbedded((databases) => {
  const [incumbent, challenger] = ['gemini-2.0-flash-001', 'gemini-2.0-flash-lite-001']
  const keys = Array.from({ length: 20 }, (_, index) => `k${index}`)
  const decision = {
    settings: { ...defaultSettings },
    references: { latencyMs: 2000, costUsd: 0.004, provisional: [] },
    clusters: {},
    minimumAccuracy: null,
    history: noHistoryStart,
    racing: false,
    rollbackThreshold: null,
    creep: null,
  } as unknown as Evaluation['decision']

  /** Differences of +10 and −10 in turns, so that the spread is 10·√(20/19). */
  function outcomes() {
    return keys.flatMap((sampleKey, index) =>
      [0, 1, 2].flatMap((repeat) =>
        [incumbent, challenger].map((model) => {
          const isAbove = (model === challenger) === (index % 2 === 0)
          return scoredOutcome({ model, sampleKey, repeat, accuracy: isAbove ? 60 : 50 })
        }),
      ),
    )
  }

  test('spreads are the standard deviations of paired differences in completed evaluations of real models', async () => {
    const database = await databases.open()
    const { evaluation } = await storeEvaluation(database.db, { status: 'completed', sampleKeys: keys, decision })
    await insertOutcomes(database.db, evaluation.id, outcomes())
    const spreads = await measuredSpreads(database, [hash, 'b'.repeat(64)])
    expect(spreads.map(({ repeats, comparisons }) => [repeats, comparisons])).toEqual([
      [1, 1],
      [3, 1],
    ])
    for (const { spread } of spreads) {
      expect(spread.accuracy).toBeCloseTo(10 * Math.sqrt(20 / 19), 6)
      expect(spread.total).toBeCloseTo(5 * Math.sqrt(20 / 19), 6)
    }
  })

  test('simulated models measure nothing', async () => {
    const database = await databases.open()
    const simulated = [incumbent, challenger].map((name, index) => ({
      name,
      provider: 'simulated',
      providerKind: 'simulated' as const,
      role: index === 0 ? ('incumbent' as const) : ('challenger' as const),
      repeats: 3,
    }))
    const overrides = { status: 'completed' as const, sampleKeys: keys, decision, models: simulated }
    const { evaluation } = await storeEvaluation(database.db, overrides)
    await insertOutcomes(database.db, evaluation.id, outcomes())
    expect(await measuredSpreads(database, [hash])).toEqual([])
  })
})
