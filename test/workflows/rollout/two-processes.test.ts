import { expect, test } from 'vitest'
import { listAlerts } from '../../../src/database/alert-queries.ts'
import { currentRollouts, rolloutEvents } from '../../../src/database/rollout-queries.ts'
import { startAbTest } from '../../../src/workflows/rollout/ab-test.ts'
import { decideRollout, tickRollouts } from '../../../src/workflows/rollout/decide-rollout.ts'
import { judgeRollout } from '../../../src/workflows/rollout/judge-rollout.ts'
import { rolloutScene, sceneModels } from '../../support/rollout-scene.ts'
import { onServer } from '../../support/test-databases.ts'

const ada = { by: 'manual:Ada', reason: 'a reason' } as const

onServer((databases) => {
  async function twoProcesses() {
    const place = await databases.place()
    const first = await databases.openAt(place)
    const scene = await rolloutScene(first, { models: { ...sceneModels, other: 'errorRate: 0.4, latencyMs: 2000' } })
    return { ...scene, second: { ...scene.workspace, database: await databases.openAt(place) } }
  }

  test('two processes that look at once take a rollout one step on, not two', async () => {
    const { db, id, workspace, second, count, hours, now } = await twoProcesses()
    await count({ incumbent: { n: 300 }, challenger: { n: 300 } })
    await hours(25)
    const both = await Promise.all([decideRollout(workspace, id), decideRollout(second, id), tickRollouts(second)])
    expect(both.flatMap((one) => ('happened' in one ? one.happened : one))).toHaveLength(1)
    expect((await now()).state).toMatchObject({ stage: 'partial', share: 0.1, step: 0 })
    expect((await rolloutEvents(db, { rolloutId: id }, 9)).map(({ event }) => event)).toEqual(['step', 'opened'])
  })

  test('a harmful challenger is rolled back once, and people are told once', async () => {
    const { db, id, workspace, second, count } = await twoProcesses()
    await count({ incumbent: { n: 100 }, challenger: { n: 100, errors: 50, slow: 50 } })
    await Promise.all([second, workspace, second, workspace].map((process) => decideRollout(process, id)))
    expect((await listAlerts(db, 9)).filter(({ subject }) => subject.includes('rolled back'))).toHaveLength(1)
  })

  test('of two people who start something on one tier at once one wins', async () => {
    const { db, workspace, second } = await twoProcesses()
    await judgeRollout(workspace, 1, 'abort', ada)
    const start = { ...ada, model: 'other', share: 0.2 }
    const both = await Promise.allSettled([startAbTest(workspace, 1, start), startAbTest(second, 1, start)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await currentRollouts(db)).toHaveLength(1)
  })
})
