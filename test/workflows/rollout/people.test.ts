import { describe, expect, test } from 'vitest'
import { assignmentHistory, loadAssignment } from '../../../src/database/assignment-queries.ts'
import { deactivateModel } from '../../../src/database/model-queries.ts'
import { currentRollouts } from '../../../src/database/rollout-queries.ts'
import { UserError } from '../../../src/shared/user-error.ts'
import { WorkFailed } from '../../../src/shared/work-failed.ts'
import { newestAbTests } from '../../../src/workflows/rollout/ab-standing.ts'
import { startAbTest, stopAbTest } from '../../../src/workflows/rollout/ab-test.ts'
import { assignSeat } from '../../../src/workflows/rollout/assign-seat.ts'
import { giveSeatBack } from '../../../src/workflows/rollout/give-seat-back.ts'
import { judgeRollout } from '../../../src/workflows/rollout/judge-rollout.ts'
import { pinSeat, unpinSeat } from '../../../src/workflows/rollout/pin-seat.ts'
import { rolloutScene, sceneModels } from '../../support/rollout-scene.ts'
import { simulatedWeeks } from '../../support/simulated-weeks.ts'
import { forEachDatabase, onEmbedded } from '../../support/test-databases.ts'

const ada = { by: 'manual:Ada', reason: 'a reason' } as const
const bob = { by: 'manual:Bob', reason: 'another reason' } as const

forEachDatabase((databases) => {
  const scene = async (options?: Parameters<typeof rolloutScene>[1]) => rolloutScene(await databases.open(), options)

  describe('a person who has to approve', () => {
    test('lets a proposal into the shadow, and a proven challenger on to users', async () => {
      const { workspace, now, count, hours, decide } = await scene({ rollout: '{ policy: approve, share: 0.1 }' })
      expect((await now()).state.stage).toBe('proposed')
      const said = await judgeRollout(workspace, 1, 'approve', ada)
      expect(said).toMatchObject({ tier: 1, seat: 'held', rollout: { stage: 'shadow', challenger: 'better' } })
      await expect(judgeRollout(workspace, 1, 'approve', ada)).rejects.toThrow('has not proven itself')

      await count({ incumbent: { n: 300 }, challenger: { n: 300 } })
      await hours(25)
      await decide()
      expect((await now()).state).toMatchObject({ stage: 'shadow', waitsFor: 'approval' })
      await judgeRollout(workspace, 1, 'approve', ada)
      expect(await now()).toMatchObject({ state: { stage: 'partial', share: 0.1 }, approvedBy: 'manual:Ada' })
    })

    test('wins when two do it at once: the other one is told what happened meanwhile', async () => {
      const { workspace, now } = await scene({ rollout: '{ policy: approve }' })
      const both = await Promise.allSettled([ada, bob].map((person) => judgeRollout(workspace, 1, 'approve', person)))
      const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      expect(refused).toEqual([expect.any(WorkFailed)])
      const winner = both[0]?.status === 'fulfilled' ? 'Ada' : 'Bob'
      expect(String(refused[0])).toMatch(new RegExp(`${winner}: better enters the shadow of tier 1`))
      expect((await now()).state.stage).toBe('shadow')
    })
  })
})

onEmbedded((databases) => {
  const scene = async (options?: Parameters<typeof rolloutScene>[1]) => rolloutScene(await databases.open(), options)

  test('a pin stops what is on its way, and it goes on when the pin is taken away', async () => {
    const { db, workspace, now, decide, prove } = await scene()
    const said = await pinSeat(workspace, 1, ada)
    expect(said).toMatchObject({ pin: { model: 'held', by: 'manual:Ada' }, rollout: { stage: 'paused' } })
    await prove()
    expect((await now()).state.stage).toBe('paused')
    await expect(assignSeat(workspace, 1, 'better', bob)).rejects.toThrow('Ada has pinned tier 1 to held (a reason)')
    await expect(pinSeat(workspace, 1, bob)).rejects.toThrow('pinned tier 1 to held already')

    await unpinSeat(workspace, 1, bob)
    expect((await now()).state).toMatchObject({ stage: 'shadow' })
    await decide()
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })
    await expect(unpinSeat(workspace, 1, bob)).rejects.toThrow('Tier 1 is not pinned.')
  })

  test('a pinned tier opens no rollout, and the report says why', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const options = { models: sceneModels, tier: 'targets: { latencyMs: 2000, costUsd: 0.002 }, rollout: {}' }
    await pinSeat(await weeks.workspaceOf(options), 1, ada)
    const report = await weeks.evaluate({ ...options, request: { racing: false } })
    expect(report.recommendation.decision).toBe('switch')
    expect(report.followed).toEqual([expect.stringContaining('Ada has pinned tier 1 to held (a reason)')])
    expect(await currentRollouts(database.db)).toEqual([])
  })

  test('a paused rollout gives the incumbent every request until somebody lets it go on; an aborted one may come again', async () => {
    const { weeks, options, workspace, now, db } = await scene()
    await judgeRollout(workspace, 1, 'pause', ada)
    expect((await now()).state).toMatchObject({ stage: 'paused', by: 'manual:Ada', reason: 'a reason' })
    await judgeRollout(workspace, 1, 'approve', bob)
    expect((await now()).state.stage).toBe('shadow')
    await judgeRollout(workspace, 1, 'abort', bob)
    expect((await now()).state).toMatchObject({ stage: 'rejected', locksChallenger: false })
    await expect(judgeRollout(workspace, 1, 'pause', ada)).rejects.toThrow(
      /Nothing is on its way on tier 1: held holds it/,
    )
    await weeks.clock.advance(86_400_000)
    await weeks.evaluate(options)
    expect(await currentRollouts(db)).toMatchObject([{ challenger: 'better', state: { stage: 'shadow' } }])
  })

  test('a rejected challenger is locked until one of its parts changes', async () => {
    const { weeks, options, workspace } = await scene()
    await judgeRollout(workspace, 1, 'reject', ada)
    await weeks.clock.advance(86_400_000)
    expect((await weeks.evaluate(options)).locked).toEqual([{ model: 'better', reason: 'rolled_back' }])
  })

  test('assign gives the seat at once, with who and why, and ends what is on its way', async () => {
    const { db, workspace, now } = await scene()
    const said = await assignSeat(workspace, 1, 'better', ada)
    expect(said).toMatchObject({
      happened: 'better holds tier 1 now, in place of held.',
      seat: 'better',
      rollout: null,
    })
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'better', assignedBy: 'manual:Ada', reason: 'a reason' })
    expect((await now()).state).toMatchObject({ stage: 'superseded', by: 'manual:Ada' })
    await expect(assignSeat(workspace, 1, 'better', ada)).rejects.toThrow('better holds tier 1 already.')
    await expect(assignSeat(workspace, 1, 'bettr', ada)).rejects.toThrow('Did you mean "better"?')
    await expect(assignSeat(workspace, 7, 'better', ada)).rejects.toThrow(UserError)
    await deactivateModel(db, 'held', 'a test', workspace.clock.now())
    await expect(assignSeat(workspace, 1, 'held', ada)).rejects.toThrow('held is retired')
  })

  test('rollback ends what is on its way; without it the last good model comes back, and one that gave it back does not', async () => {
    const { db, workspace, now } = await scene()
    await giveSeatBack(workspace, 1, ada)
    expect((await now()).state).toMatchObject({ stage: 'rolled-back', by: 'manual:Ada' })
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })
    await expect(giveSeatBack(workspace, 1, ada)).rejects.toThrow('Tier 1 stays as it is, because')

    await assignSeat(workspace, 1, 'better', bob)
    expect(await giveSeatBack(workspace, 1, ada)).toMatchObject({ seat: 'held' })
    expect(await assignmentHistory(db, 1, 1)).toMatchObject([
      { evidence: { kind: 'rollback' }, assignedBy: 'manual:Ada' },
    ])
    await expect(giveSeatBack(workspace, 1, ada)).rejects.toThrow('better gave the seat back itself')
  })

  test('rollback takes the seat from the model that a rollout has brought, and locks it', async () => {
    const { db, workspace, now, prove } = await scene()
    await prove()
    await prove()
    expect(await giveSeatBack(workspace, 1, ada)).toMatchObject({ seat: 'held', rollout: null })
    expect((await now()).state).toMatchObject({ stage: 'rolled-back', locksChallenger: true })
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held', assignedBy: 'manual:Ada' })
  })

  test('an A/B test sends a share to another model, says how the arms differ, and never takes the seat', async () => {
    const models = { ...sceneModels, other: 'errorRate: 0.4, latencyMs: 2000' }
    const { db, workspace } = await scene({ models })
    const start = { ...ada, model: 'other', share: 0.2 }
    await expect(startAbTest(workspace, 1, start)).rejects.toThrow('A tier has one rollout at a time')
    await judgeRollout(workspace, 1, 'abort', ada)
    const said = await startAbTest(workspace, 1, start)
    expect(said.rollout).toMatchObject({ kind: 'ab', stage: 'partial', challenger: 'other' })
    expect(await newestAbTests(workspace, [1])).toMatchObject([
      { challenger: 'other', share: 0.2, comparisons: [{ metric: 'errors', verdict: 'not-shown' }, {}, {}] },
    ])
    expect(await stopAbTest(workspace, 1, ada)).toMatchObject({ rollout: null, seat: 'held' })
    await expect(stopAbTest(workspace, 1, ada)).rejects.toThrow('Tier 1 has no A/B test.')
    expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })
  })
})
