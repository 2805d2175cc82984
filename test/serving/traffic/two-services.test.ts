import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rollout } from '../../../src/rollout/rollout.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { type Place, runIncumbent, spawnIncumbent, temporaryFolder } from '../../support/run-incumbent.ts'
import { type Serving, serveIncumbent } from '../../support/serve-incumbent.ts'
import { onServer } from '../../support/test-databases.ts'
import {
  ask,
  askUntil,
  clientFor,
  configuration,
  holder,
  type Models,
  newcomer,
  openAt,
  openShadow,
  partlyOpen,
  type Served,
  seatOf,
  stageOf,
  startModels,
  writeConfiguration,
} from './live-service.ts'

onServer((databases) => {
  describe('two services on one database', () => {
    const cwd = temporaryFolder()
    let models: Models
    let place: Place
    let workspace: Workspace
    let services: Serving[]
    beforeAll(async () => {
      models = await startModels()
      writeConfiguration(cwd, configuration(models))
      place = { cwd, database: await databases.place() }
      workspace = await openAt(cwd, place.database)
      services = await Promise.all([serveIncumbent(place), serveIncumbent(place)])
    }, 30_000)
    afterAll(async () => {
      await Promise.all(services.map((service) => service.stop('SIGKILL')))
      await workspace.database.close()
    })

    /** Both at once, half of the requests each. */
    const untilBoth = async (holds: (served: Served) => boolean) => {
      const asked = services.map(({ url }) => askUntil({ client: clientFor(url) }, holds))
      return (await Promise.all(asked)).flat()
    }
    /** Both follow a change within two seconds. */
    const untilBothSay = async (stage: string) => {
      const limitMs = performance.now() + 2_000
      for (const { url } of services) {
        while ((await ask(clientFor(url))).stage !== stage) {
          if (performance.now() > limitMs) throw new Error(`No ${stage} within two seconds.`)
          await delay(50)
        }
      }
    }

    test('count together, and a challenger goes the whole way and back in both', async () => {
      const rollout = await openShadow(workspace)
      await untilBothSay('shadow')
      await untilBoth(({ stage }) => stage === 'partial')
      const partial = await untilBoth(({ stage }) => stage === 'full')
      expect(partial.some(({ model }) => model === newcomer)).toBe(true)
      expect(await seatOf(workspace)).toBe(newcomer)
      models.newcomer.change({ fault: ({ index }) => (index % 20 === 0 ? '500' : undefined) })
      await untilBoth(({ model, attempt }) => model === holder && attempt === '1')
      models.newcomer.change({ fault: undefined })
      expect(await stageOf(workspace, rollout)).toBe('rolled-back')
    }, 30_000)

    test('answer a key with the same model, the one that SQL says', async () => {
      await openShadow(workspace, { ...partlyOpen(0.5, workspace), epoch: 'epoch-2' })
      await untilBothSay('partial')
      const { db } = workspace.database
      for (const key of ['ada', 'grace', 'edsger', 'barbara']) {
        const { rows } = await sql<{ model: string }>`select resolve_model(1, ${key}) as model`.execute(db)
        for (const { url } of services) expect((await ask(clientFor(url), key)).model).toBe(rows[0]?.model)
      }
      await say('abort', '1', '--reason', 'the test is over')
    }, 30_000)

    test('of two approvals at once one is done and the other is told; both services follow within two seconds', async () => {
      const rollout = await openProposal()
      const said = await Promise.all([
        spawnIncumbent(place, 'approve', '1', '--by', 'Ada'),
        spawnIncumbent(place, 'approve', '1', '--by', 'Grace'),
      ])
      expect(new Set(said.map(({ code }) => code))).toEqual(new Set([0, 1]))
      expect(await stageOf(workspace, rollout)).toBe('shadow')
      await untilBothSay('shadow')
    }, 30_000)

    test('a pin stops a challenger that is proven, and it goes on when the pin is taken away', async () => {
      await say('pin', '1', '--reason', 'an audit')
      await untilBothSay('none')
      const answers = await Promise.all(Array.from({ length: 400 }, () => ask(clientFor(services[0]?.url ?? ''))))
      expect(answers.every(({ model, stage }) => model === holder && stage === 'none')).toBe(true)
      await say('unpin', '1', '--reason', 'the audit is over')
      await untilBoth(({ stage }) => stage === 'partial')
    }, 30_000)

    async function say(...argv: string[]): Promise<void> {
      const { code, stderr } = await runIncumbent(place, ...argv, '--by', 'Ada')
      expect(stderr).toBe('')
      expect(code).toBe(0)
    }

    async function openProposal(): Promise<Rollout> {
      const now = workspace.clock.now()
      const until = new Date(now.getTime() + 86_400_000)
      return openShadow(workspace, { state: { stage: 'proposed', since: now, until }, epoch: 'epoch-3' })
    }
  })
})
