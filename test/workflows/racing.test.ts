import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { recommendAgain } from '../../src/workflows/recommend-again.ts'
import { resumeCycle } from '../../src/workflows/resume-cycle.ts'
import { type Behaviours, simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models: Behaviours = {
  held: 'errorRate: 0, latencyMs: 2000',
  near: 'errorRate: 0, latencyMs: 1700',
  hopeless: 'errorRate: 0.9, latencyMs: 2000',
}
const tier = 'targets: { latencyMs: 2000, costUsd: 0.002 }'
const samples = 40
/** Calls that are made already when a check decides are not taken back. */
const inFlight = 10

onEmbedded((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  describe('a challenger that is too unlikely to win', () => {
    test('is dropped after the first check, twice; then it is locked and asked only the first block', async () => {
      const weeks = simulatedWeeks(database, samples)
      const first = await weeks.week({ models, tier })
      const asked = (model: string, { runs } = first) => runs.find((run) => run.model === model)
      expect(asked('hopeless')?.status).toBe('dropped')
      expect(asked('hopeless')?.asked).toBeLessThan(30 + inFlight)
      expect(asked('near')).toMatchObject({ asked: 120, status: 'completed' })
      expect(first.dropped).toEqual([
        { model: 'hopeless', reason: 'unlikely_non_inferior', samples: 30, asked: expect.any(Number), planned: 120 },
      ])
      expect(first.recommendation.comparisons.map(({ model }) => model)).toEqual(['near'])
      expect(first.reasoning).toContain('Dropped by racing, which saved')

      const second = await weeks.week({ models, tier })
      expect(second.pooled[0]?.models).toEqual(['held', 'near'])
      expect(second.locked).toEqual([])

      const third = await weeks.week({ models, tier })
      expect(asked('hopeless', third)).toMatchObject({ asked: 30, status: 'locked' })
      expect(third.locked).toEqual([{ model: 'hopeless', reason: 'dropped_twice' }])
      expect(third.reasoning).toContain('dropped twice in a row')
    })

    test('is asked everything with --no-racing', async () => {
      const weeks = simulatedWeeks(await databases.open(), samples)
      const report = await weeks.week({ models, tier, request: { racing: false } })
      expect(report.runs.map(({ asked }) => asked)).toEqual([120, 120, 120])
      expect(report.dropped).toEqual([])
    })

    test('stops at the same place when the run was interrupted', async () => {
      const weeks = simulatedWeeks(await databases.open(), samples)
      const stop = new AbortController()
      let heard = 0
      const listener = {
        ...silentListener,
        outcome: () => {
          heard += 1
          if (heard === 70) stop.abort(new Error('cut off'))
        },
      }
      await expect(weeks.week({ models, tier }, listener, stop.signal)).rejects.toThrow('cut off')
      const workspace = await weeks.workspaceOf({ models, tier })
      const { evaluations } = await resumeCycle(workspace, undefined, silentListener, new AbortController().signal)
      expect(evaluations[0]?.dropped).toMatchObject([{ model: 'hopeless', samples: 30 }])
      const [again] = await recommendAgain(workspace, { evaluation: evaluations[0]?.id, tiers: undefined })
      expect(again?.reasoning).toBe(evaluations[0]?.reasoning)
    })
  })
})
