import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { listAlerts } from '../../../src/database/alert-queries.ts'
import { assignmentHistory, loadAssignment } from '../../../src/database/assignment-queries.ts'
import { deactivateModel } from '../../../src/database/model-queries.ts'
import { currentRollouts } from '../../../src/database/rollout-queries.ts'
import { seedAssignment } from '../../../src/database/seed-assignments.ts'
import type { Tables } from '../../../src/database/tables.ts'
import { retireModel } from '../../../src/workflows/add-model.ts'
import { failOverRetired } from '../../../src/workflows/rollout/fail-over.ts'
import { loadRouting } from '../../../src/workflows/rollout/load-routes.ts'
import { pinSeat } from '../../../src/workflows/rollout/pin-seat.ts'
import { rolloutScene, sceneModels } from '../../support/rollout-scene.ts'
import { simulatedWeeks } from '../../support/simulated-weeks.ts'
import { onEmbedded } from '../../support/test-databases.ts'

const ada = { by: 'manual:Ada', reason: 'a reason' } as const
const models = { ...sceneModels, fair: 'errorRate: 0.1, latencyMs: 2000' }

async function toldOfGone(db: Kysely<Tables>) {
  return (await listAlerts(db, 20)).filter(({ kind }) => kind === 'model-retired')
}

onEmbedded((databases) => {
  const scene = async (options?: Parameters<typeof rolloutScene>[1]) => rolloutScene(await databases.open(), options)

  test('when the holder of a seat is gone, the best of the others by the latest evaluation takes it at once', async () => {
    const { db, workspace, now } = await scene({ models })
    const before = await loadRouting(workspace)
    await deactivateModel(db, 'held', 'its provider gave it up', workspace.clock.now())
    const happened = await failOverRetired(workspace)
    expect(happened).toEqual([expect.stringContaining('Tier 1 went from held to better')])
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'better', assignedBy: 'auto' })
    expect(await assignmentHistory(db, 1, 1)).toMatchObject([{ evidence: { kind: 'failover', from: 'held' } }])
    expect((await now()).state).toMatchObject({ stage: 'superseded' })
    expect(await toldOfGone(db)).toMatchObject([
      {
        severity: 'critical',
        tier: 1,
        model: 'held',
        subject: 'held is gone: tier 1 went to better',
        message: expect.stringMatching(/its provider gave it up.*models discover.*models add held/s),
      },
    ])
    const after = await loadRouting(workspace)
    expect(after.version).toBeGreaterThan(before.version)
    expect(after.tiers[0]).toMatchObject({ incumbent: 'better', rollout: undefined })
    expect(await failOverRetired(workspace)).toEqual([])
  })

  test('the model that a rollout brought gives the seat to the best of the others, too, whatever its seat allows', async () => {
    const { db, workspace, now, prove } = await scene({ models })
    await prove()
    await prove()
    await db.updateTable('model_assignments').set({ can_auto_rollback: false }).where('tier', '=', 1).execute()
    const told = await retireModel(workspace, 'better', 'replaced')
    expect(told).toMatch(/better was retired.*\n.*better.*replaced/)
    expect((await now()).state).toMatchObject({ stage: 'rolled-back' })
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'fair' })
    expect(await toldOfGone(db)).toMatchObject([{ subject: 'better is gone: tier 1 went to fair' }])
    expect((await listAlerts(db, 20)).map(({ subject }) => subject)).not.toContain('Tier 1: better was rolled back')
  })

  test('one that holds several tiers is one alert, with what became of each; a pinned one is told of once', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 12)
    const { config, ...rest } = await weeks.workspaceOf({ models })
    const [first] = config.tiers
    if (first === undefined) throw new Error('There is no tier.')
    const workspace = { ...rest, config: { ...config, tiers: [first, { ...first, id: 2 }, { ...first, id: 12 }] } }
    for (const tier of [2, 12]) await seedAssignment(database.db, tier, 'held', workspace.clock.now())
    await pinSeat(workspace, 2, ada)
    await deactivateModel(database.db, 'held', 'its provider gave it up', workspace.clock.now())
    expect(await failOverRetired(workspace)).toHaveLength(3)
    expect(await failOverRetired(workspace)).toEqual([])
    expect(await toldOfGone(database.db)).toMatchObject([
      {
        subject: 'held is gone: tier 1 went to better, tier 2 is still held by it, tier 12 went to better',
        message: expect.stringContaining('Nobody takes tier 2, because Ada has pinned it'),
        tier: undefined,
      },
    ])
  })

  test('nobody takes a pinned seat: people are told, once', async () => {
    const { db, workspace } = await scene({ models })
    await pinSeat(workspace, 1, ada)
    await deactivateModel(db, 'held', 'its provider gave it up', workspace.clock.now())
    expect(await failOverRetired(workspace)).toEqual([expect.stringContaining('because Ada has pinned it')])
    expect(await failOverRetired(workspace)).toEqual([])
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })
    expect(await toldOfGone(db)).toMatchObject([
      { message: expect.stringContaining('`npx incumbent assign 1 <model>` gives it') },
    ])
  })

  test('without an evaluation the candidates are taken in their order', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const workspace = await weeks.workspaceOf({ models })
    const at = workspace.clock.now()
    await deactivateModel(database.db, 'held', 'its provider gave it up', at)
    await failOverRetired(workspace)
    expect(await loadAssignment(database.db, 1)).toMatchObject({ model: 'better' })
  })

  test('a challenger that is gone ends its rollout', async () => {
    const { db, workspace, now } = await scene({ models })
    await retireModel(workspace, 'better', 'replaced')
    expect((await now()).state).toMatchObject({ stage: 'rejected', reason: expect.stringContaining('replaced') })
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })
    expect(await currentRollouts(db)).toEqual([])
  })
})
