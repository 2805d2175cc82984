import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { loadRollout } from '../../../src/database/rollout-queries.ts'
import { tickRollouts } from '../../../src/workflows/rollout/decide-rollout.ts'
import { temporaryFolder } from '../../support/run-incumbent.ts'
import { onEmbedded } from '../../support/test-databases.ts'
import {
  askUntil,
  configuration,
  holder,
  openAt,
  openShadow,
  partlyOpen,
  seatOf,
  stageOf,
  startLiveService,
  startModels,
  writeConfiguration,
} from './live-service.ts'

onEmbedded((databases) => {
  describe('while a challenger answers half of the requests', () => {
    const cwd = temporaryFolder()

    async function started(share = 0.5) {
      const models = await startModels()
      writeConfiguration(cwd, configuration(models))
      const workspace = await openAt(cwd, await databases.place())
      const rollout = await openShadow(workspace, partlyOpen(share, workspace))
      return { models, rollout, workspace, live: await startLiveService(workspace) }
    }

    test('it goes back when 5 % of its requests fail, and users get their answers from the holder', async () => {
      const { models, rollout, workspace, live } = await started()
      await using _ends = live
      models.newcomer.change({ fault: ({ index }) => (index % 20 === 10 ? '500' : undefined) })
      await askUntil(live, ({ stage }) => stage === 'none')
      const { state } = (await loadRollout(workspace.database.db, rollout.id)) ?? {}
      expect(state).toMatchObject({ reason: expect.stringMatching(/^\d+ of \d+ requests failed$/) as string })
      const after = await askUntil(live, () => true, { atOnce: 20 })
      expect(after.every(({ model, stage }) => model === holder && stage === 'none')).toBe(true)
      expect(await seatOf(workspace)).toBe(holder)
    }, 30_000)

    test('it goes back when it is slower than what was allowed', async () => {
      const { models, rollout, workspace, live } = await started()
      await using _ends = live
      models.newcomer.change({ latencyMs: 350 })
      await askUntil(live, ({ stage }) => stage === 'none')
      const { state } = (await loadRollout(workspace.database.db, rollout.id)) ?? {}
      expect(state).toMatchObject({ reason: expect.stringContaining('slower') as string })
    }, 30_000)

    test('it is an incident when the holder fails alike, and goes on when the holder is healthy again', async () => {
      const { models, rollout, workspace, live } = await started(0.1)
      await using _ends = live
      const outage = { fault: ({ index }: { index: number }) => (index % 3 === 0 ? ('503' as const) : undefined) }
      models.holder.change(outage)
      models.newcomer.change(outage)
      await askUntil(live, ({ stage }) => stage === 'none', { mayFail: true })
      expect(await stageOf(workspace, rollout)).toBe('incident')
      models.holder.change({ fault: undefined })
      models.newcomer.change({ fault: undefined })
      const frozen = await askUntil(live, () => true, { atOnce: 20 })
      expect(frozen.every(({ model, stage }) => model === holder && stage === 'none')).toBe(true)
      await askUntil(live, async () => {
        // What the service does each minute.
        await tickRollouts(workspace)
        return (await stageOf(workspace, rollout)) === 'partial'
      })
      await delay(600)
      await askUntil(live, ({ stage }) => stage === 'full')
    }, 30_000)
  })
})
