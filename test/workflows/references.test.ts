import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { freezeReference, frozenReferences } from '../../src/database/reference-queries.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import { firstBaseline } from '../../src/workflows/first-baseline.ts'
import { failedOutcome, scoredOutcome } from '../support/example-evaluation.ts'
import { fakeStart } from '../support/fake-clock.ts'
import { type Behaviours, simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models: Behaviours = { held: 'errorRate: 0, latencyMs: 700', near: 'errorRate: 0, latencyMs: 700' }

onEmbedded((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  describe('references for speed and cost', () => {
    test("are provisional until the incumbent's first baseline, which freezes them and begins a new epoch", async () => {
      const weeks = simulatedWeeks(database, 30)
      const trial = await weeks.week({ models, request: { apply: false } })
      expect(trial.warnings.join('\n')).toContain('The reference for speed is provisional')
      expect(await frozenReferences(database.db, 1)).toEqual([])

      const first = await weeks.week({ models })
      expect(first.warnings.join('\n')).toMatch(
        /reference for speed was provisional; from the next evaluation on, in a new epoch, it is \d+.ms, the median of held here/,
      )
      const frozen = await frozenReferences(database.db, 1)
      expect(frozen).toMatchObject([
        { measure: 'costUsd', model: 'held', evaluationId: first.id },
        { measure: 'latencyMs', model: 'held', evaluationId: first.id },
      ])

      const second = await weeks.week({ models })
      expect(second.pooled).toEqual([])
      expect(second.epochChanges.join()).toMatch(/^reference for speed changed from 2\.00.s to \d+.ms/)
      expect(second.warnings.join('\n')).not.toContain('provisional')
      const slower = { ...models, held: 'errorRate: 0, latencyMs: 900' }
      expect((await weeks.week({ models: slower })).pooled).toMatchObject([{ evaluation: second.id }])
      expect(await frozenReferences(database.db, 1)).toEqual(frozen)
    })

    test("give way to the tier's own targets, and a target that models are far from is named", async () => {
      const weeks = simulatedWeeks(await databases.open(), 30)
      const report = await weeks.week({ models, tier: 'targets: { latencyMs: 60, costUsd: 0.002 }' })
      expect(report.warnings.join('\n')).toMatch(
        /times of held, near are off the scale.*: set tiers\.1\.targets\.latencyMs nearer to them; it is 60.ms/,
      )
      expect(report.warnings.join('\n')).not.toContain('provisional')
    })

    test('of which the newest version counts', async () => {
      const { db } = await databases.open()
      const set = { model: undefined, evaluationId: undefined, setAt: fakeStart }
      for (const value of [900, 1200.5]) await freezeReference(db, 7, { ...set, measure: 'latencyMs', value })
      expect(await frozenReferences(db, 7)).toEqual([{ ...set, measure: 'latencyMs', value: 1200.5 }])
    })
  })
})

describe('the first baseline', () => {
  const provisional = { latencyMs: 2000, costUsd: 0.004, provisional: ['latencyMs', 'costUsd'] as const }
  const of = (outcomes: Outcome[]) =>
    firstBaseline(outcomes, { ...provisional, provisional: [...provisional.provisional] })

  test('is the median of the answered calls', () => {
    const answered = [500, 900, 700].map((latencyMs) => scoredOutcome({ latencyMs, costUsd: 0.002 }))
    expect(of([...answered, failedOutcome({ latencyMs: 5 })])).toEqual({ latencyMs: 700, costUsd: 0.002 })
  })

  test('sets nothing from a model that costs nothing, and nothing from what is unknown', () => {
    expect(of([scoredOutcome({ latencyMs: 500, costUsd: 0 })])).toEqual({ latencyMs: 500 })
    expect(of([scoredOutcome({ latencyMs: undefined, costUsd: undefined })])).toEqual({})
  })
})
