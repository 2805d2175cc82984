import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { loadRecommendation } from '../../src/database/recommendation-queries.ts'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { canonicalJson, type JsonValue } from '../../src/shared/json.ts'
import { recommendAgain } from '../../src/workflows/recommend-again.ts'
import { verdictInputOf } from '../../src/workflows/verdict-input.ts'
import { type Behaviours, simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

/** A little faster and without errors: no chance makes it look too bad to go on with. */
const models: Behaviours = { held: 'errorRate: 0, latencyMs: 2000', near: 'errorRate: 0, latencyMs: 1700' }
const tier = 'targets: { latencyMs: 2000, costUsd: 0.002 }'

onEmbedded((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  async function inputOf({ id }: EvaluationReport) {
    const stored = await loadRecommendation(database.db, id)
    if (stored === undefined) throw new Error('There is no verdict.')
    return { ...stored, input: verdictInputOf(stored) }
  }

  describe('weeks of one epoch', () => {
    test('are pooled, looks are counted, and every verdict is the same again from what is stored', async () => {
      const weeks = simulatedWeeks(database, 32)
      const reports: EvaluationReport[] = []
      for (const request of [{}, {}, { apply: false }, {}]) reports.push(await weeks.week({ models, tier, request }))
      const inputs = await Promise.all(reports.map(inputOf))
      expect(inputs.map(({ input }) => input.looks)).toEqual([{ near: 1 }, { near: 2 }, { near: 3 }, { near: 3 }])
      expect(inputs.map(({ input }) => input.pooled.map(({ evaluation }) => evaluation))).toEqual([
        [],
        [reports[0]?.id],
        [reports[0]?.id, reports[1]?.id],
        [reports[0]?.id, reports[1]?.id],
      ])
      expect(inputs.map(({ consumedLook }) => consumedLook)).toEqual([true, true, false, true])
      expect(reports[3]?.reasoning).toContain('Pooled with 2 earlier evaluations')
      const workspace = await weeks.workspaceOf({ models, tier })
      for (const { evaluationId, input, analysis, recommendation, reasoning } of inputs) {
        const [again] = await recommendAgain(workspace, { evaluation: evaluationId, tiers: undefined })
        expect(again?.reasoning).toBe(reasoning)
        const parts = { input, analysis, recommendation } as unknown as JsonValue
        expect(canonicalJson({ ...again, evaluation: '', reasoning: '', tier: 0 } as unknown as JsonValue)).toBe(
          canonicalJson({ ...(parts as object), evaluation: '', reasoning: '', tier: 0 } as unknown as JsonValue),
        )
      }
    })

    test('go on with other weights or a formula: earlier records are scored by them, and looks stay', async () => {
      const weeks = simulatedWeeks(await databases.open(), 32)
      const first = await weeks.week({ models, tier })
      const accurate = `${tier}, weights: { accuracy: 1, speed: 0, cost: 0 }`
      const second = await weeks.week({ models, tier: accurate })
      const third = await weeks.week({ models, tier: `${tier}, formula: "speed"` })
      expect([second.epochChanges, third.epochChanges]).toEqual([[], []])
      expect(third.pooled.map(({ evaluation }) => evaluation)).toEqual([first.id, second.id])
      expect(third.recommendation.comparisons).toMatchObject([{ model: 'near', look: 3 }])
      const [byAccuracy] = second.recommendation.comparisons
      expect(byAccuracy?.delta).toBe(byAccuracy?.accuracyDelta)
      const [bySpeed] = third.recommendation.comparisons
      const inSpeed = third.recommendation.evidence?.termDifferences.near?.speed
      expect(bySpeed?.delta).toBeCloseTo(inSpeed ?? Number.NaN, 9)
    })

    test('end when the prompt changes, visibly: nothing is pooled and looks count anew', async () => {
      const weeks = simulatedWeeks(await databases.open(), 32)
      await weeks.week({ models, tier })
      appendFileSync(join(weeks.folder, 'tickets/tier1/prompt.md'), '\nBe brief.\n')
      const report = await weeks.week({ models, tier })
      expect(report.epochChanges).toEqual(['prompt changed'])
      expect(report.reasoning).toContain('New epoch: prompt changed.')
      expect(report.pooled).toEqual([])
    })
  })
})
