import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { rolloutEvents } from '../../../src/database/rollout-queries.ts'
import { temporaryFolder } from '../../support/run-incumbent.ts'
import { forEachDatabase } from '../../support/test-databases.ts'
import {
  askUntil,
  configuration,
  holder,
  newcomer,
  openAt,
  openShadow,
  seatOf,
  stageOf,
  startLiveService,
  startModels,
  writeConfiguration,
} from './live-service.ts'

forEachDatabase((databases) => {
  describe('a challenger that is as good', () => {
    const cwd = temporaryFolder()

    test('goes from the shadow over a part of the requests to the seat, and back when 5 % of its requests fail', async () => {
      const models = await startModels()
      writeConfiguration(cwd, configuration(models))
      const workspace = await openAt(cwd, await databases.place())
      const rollout = await openShadow(workspace)
      await using live = await startLiveService(workspace)

      const shadow = await askUntil(live, ({ stage }) => stage === 'partial')
      const shadowed = shadow.filter(({ stage }) => stage === 'shadow')
      expect(shadowed.length).toBeGreaterThan(240)
      expect(shadowed.every(({ model, attempt }) => model === holder && attempt === '1')).toBe(true)

      const partial = await askUntil(live, ({ stage }) => stage === 'full')
      const tried = partial.filter(({ model }) => model === newcomer).length
      expect(tried / partial.length).toBeGreaterThan(0.3)
      expect(tried / partial.length).toBeLessThan(0.7)
      expect(await seatOf(workspace)).toBe(newcomer)

      models.newcomer.change({ fault: ({ index }) => (index % 20 === 0 ? '500' : undefined) })
      const full = await askUntil(live, ({ model, attempt }) => model === holder && attempt === '1')
      expect(full.filter(({ attempt }) => attempt === '2').every(({ model }) => model === holder)).toBe(true)
      expect(await seatOf(workspace)).toBe(holder)
      expect(await stageOf(workspace, rollout)).toBe('rolled-back')
      const events = await rolloutEvents(workspace.database.db, { rolloutId: rollout.id }, 10)
      expect(events.map(({ toStage }) => toStage).toReversed()).toEqual([
        'shadow',
        'shadow',
        'partial',
        'full',
        'rolled-back',
      ])
    }, 30_000)
  })

  describe('a challenger in the shadow', () => {
    const cwd = temporaryFolder()

    test('that fails, hangs or is slow delays and fails nobody', async () => {
      const models = await startModels()
      writeConfiguration(cwd, configuration(models))
      const workspace = await openAt(cwd, await databases.place())
      const rollout = await openShadow(workspace)
      await using live = await startLiveService(workspace)
      models.newcomer.change({ fault: ({ index }) => (index % 2 === 0 ? 'hang' : '500') })
      const startedMs = performance.now()
      const answers = await askUntil(live, async () => (await stageOf(workspace, rollout)) === 'rolled-back')
      expect(answers.every(({ model, attempt }) => model === holder && attempt === '1')).toBe(true)
      // The time limit of a model here is two seconds.
      expect((performance.now() - startedMs) / answers.length).toBeLessThan(200)
      await delay(10)
      expect((await askUntil(live, () => true, { atOnce: 1 }))[0]?.stage).toBe('none')
    }, 30_000)
  })
})
