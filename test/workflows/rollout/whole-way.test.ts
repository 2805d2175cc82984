import { describe, expect, test } from 'vitest'
import { listAlerts, loadAlerts } from '../../../src/database/alert-queries.ts'
import { assignmentHistory, loadAssignment } from '../../../src/database/assignment-queries.ts'
import { insertObservations } from '../../../src/database/observation-queries.ts'
import { currentRollouts, loadRollout, rolloutEvents } from '../../../src/database/rollout-queries.ts'
import { loadTallies } from '../../../src/database/tally-queries.ts'
import { tickRollouts } from '../../../src/workflows/rollout/decide-rollout.ts'
import { judgeRollout } from '../../../src/workflows/rollout/judge-rollout.ts'
import { tierStates } from '../../../src/workflows/tier-states.ts'
import { exampleObservation } from '../../support/example-rollout.ts'
import { pastRequests, rolloutScene, sceneModels } from '../../support/rollout-scene.ts'
import { onEmbedded } from '../../support/test-databases.ts'

onEmbedded((databases) => {
  const scene = async (options?: Parameters<typeof rolloutScene>[1]) => rolloutScene(await databases.open(), options)

  describe('a better model on a tier with live traffic', () => {
    test('goes to the shadow, then serves a part of the users, then holds the seat', async () => {
      const { db, id, report, now, decide, count, hours, prove } = await scene()
      expect(report.followed.join(' ')).toContain('better is in the shadow of tier 1')
      expect(await now()).toMatchObject({ state: { stage: 'shadow' }, verdict: 'switch', baseline: { n: 2000 } })
      expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })

      await count({ incumbent: { n: 143, errors: 1 }, challenger: { n: 143 } })
      await hours(9)
      expect((await decide()).happened).toEqual([])
      await prove()
      const partial = await now()
      expect(partial.state).toMatchObject({ stage: 'partial', share: 0.1 })
      expect(await loadTallies(db, id, partial.countsEpoch)).toMatchObject({ challenger: { n: 0 } })

      await prove()
      expect((await now()).state).toMatchObject({ stage: 'full', evidence: 'live' })
      const [change] = await assignmentHistory(db, 1, 1)
      expect(change).toMatchObject({
        model: 'better',
        previousModel: 'held',
        assignedBy: 'auto',
        evaluationId: report.id,
      })
      expect(change?.evidence).toMatchObject({ kind: 'rollout', rollout: id })
      const events = (await rolloutEvents(db, { rolloutId: id }, 9)).toReversed()
      expect(events.map(({ event, toStage, by }) => [event, toStage, by])).toEqual([
        ['opened', 'shadow', 'auto'],
        ['step', 'partial', 'auto'],
        ['step', 'full', 'auto'],
      ])
      expect(events[1]?.evidence).toMatchObject({ counts: { canary: { n: 443 } }, step: { decision: 'promote' } })
    })

    test('makes room for the next one: what watched it ends when another takes its seat', async () => {
      const models = { ...sceneModels, better: 'errorRate: 0.15, latencyMs: 600' }
      const { db, id, now, prove, weeks, options, follow } = await scene({ models })
      await prove()
      await prove()
      await insertObservations(db, pastRequests(weeks.clock.now(), 'better', 2000))
      await weeks.clock.advance(14 * 86_400_000)
      await insertObservations(db, pastRequests(weeks.clock.now(), 'better', 2000))
      await weeks.evaluate({ ...options, models: { ...models, best: 'errorRate: 0, latencyMs: 60' } })
      await follow()
      expect(await now()).toMatchObject({ incumbent: 'better', challenger: 'best', state: { stage: 'shadow' } })
      expect((await loadRollout(db, id))?.state.stage).toBe('full')
      await prove()
      await prove()
      expect((await now()).state.stage).toBe('full')
      expect((await loadRollout(db, id))?.state).toMatchObject({ stage: 'superseded' })
      expect(await loadAssignment(db, 1)).toMatchObject({ model: 'best', previousModel: 'better' })
    })

    test('is rolled back and locked when it fails 5 % of its requests', async () => {
      const { db, weeks, options, now, decide, count, prove } = await scene()
      await prove()
      await count({ incumbent: { n: 3600, errors: 36 }, challenger: { n: 400, errors: 20, slow: 20 } })
      await decide()
      expect((await now()).state).toMatchObject({ stage: 'rolled-back', locksChallenger: true })
      expect(await loadAssignment(db, 1)).toMatchObject({ model: 'held' })
      expect(await listAlerts(db, 1)).toMatchObject([{ kind: 'rollout', subject: 'Tier 1: better was rolled back' }])
      await weeks.clock.advance(86_400_000)
      const next = await weeks.evaluate(options)
      expect(next.locked).toEqual([{ model: 'better', reason: 'rolled_back' }])
      expect(await currentRollouts(db)).toEqual([])
    })

    test('is rolled back from the shadow when it is slower than the incumbent, before any user sees it', async () => {
      const { now, decide, count } = await scene()
      await count({ incumbent: { n: 100, slow: 5 }, challenger: { n: 100, slow: 60 } })
      await decide()
      expect((await now()).state).toMatchObject({
        stage: 'rolled-back',
        reason: expect.stringContaining('60 of 100 requests were slower'),
      })
    })

    test('is not blamed when incumbent and challenger fail alike: the incident ends by itself, and counts start from 0', async () => {
      const { db, now, decide, count, prove, weeks } = await scene()
      await prove()
      await count({ incumbent: { n: 900, errors: 270, slow: 270 }, challenger: { n: 100, errors: 30, slow: 30 } })
      await decide()
      expect((await now()).state).toMatchObject({ stage: 'incident', from: { stage: 'partial', share: 0.1 } })
      expect((await decide()).happened).toEqual([])
      const [told] = await listAlerts(db, 10, { openOnly: true })
      expect(told).toMatchObject({ severity: 'critical', key: `incident:${(await now()).id}` })

      const healthy = exampleObservation({ model: 'held', at: new Date(weeks.clock.now().getTime() + 60_000) })
      await insertObservations(
        db,
        Array.from({ length: 200 }, () => healthy),
      )
      await decide()
      const after = await now()
      expect(after.state).toMatchObject({ stage: 'partial', share: 0.1 })
      expect(await listAlerts(db, 10, { openOnly: true })).toEqual([])
      expect((await loadAlerts(db, [told?.id ?? 0]))[0]?.resolution).toMatch(/^The incident on tier 1 is over: /)
      expect(await loadTallies(db, after.id, after.countsEpoch)).toMatchObject({
        incumbent: { n: 0 },
        challenger: { n: 0 },
      })
    })

    test('gives the seat back when it becomes worse after it got it', async () => {
      const { db, now, decide, prove, serve, report } = await scene()
      await prove()
      await prove()
      await serve({}, 500)
      expect((await decide()).happened).toEqual([])
      await serve({ outcome: 'failed', failureKind: 'overloaded' }, 20)
      await decide()
      expect((await now()).state).toMatchObject({ stage: 'rolled-back', locksChallenger: true })
      const [change] = await assignmentHistory(db, 1, 1)
      expect(change).toMatchObject({
        model: 'held',
        previousModel: 'better',
        assignedBy: 'auto',
        evaluationId: report.id,
      })
      expect(change?.evidence).toMatchObject({ kind: 'rollback' })
    })

    test('keeps a seat that forbids to roll back by itself; people are told once', async () => {
      const { db, now, decide, prove, serve } = await scene()
      await prove()
      await prove()
      await db.updateTable('model_assignments').set({ can_auto_rollback: false }).where('tier', '=', 1).execute()
      await serve({ outcome: 'failed', failureKind: 'overloaded' }, 20)
      await decide()
      await decide()
      expect((await now()).state).toMatchObject({ stage: 'full', alarmedAt: expect.any(Date) })
      expect(await loadAssignment(db, 1)).toMatchObject({ model: 'better' })
      const alerts = (await listAlerts(db, 20)).filter(({ severity }) => severity === 'critical')
      expect(alerts).toMatchObject([{ message: expect.stringContaining('can_auto_rollback of the seat is false') }])
    })
  })

  test('a step is stored whole or not at all', async () => {
    const { db, now, decide, count, hours } = await scene()
    await count({ incumbent: { n: 300 }, challenger: { n: 300, errors: 60, slow: 60 } })
    await hours(1)
    const before = await now()
    await db.schema.alterTable('alerts').renameTo('alerts_away').execute()
    await expect(decide()).rejects.toThrow('alerts')
    expect(await now()).toEqual(before)
    await db.schema.alterTable('alerts_away').renameTo('alerts').execute()
    await decide()
    expect((await now()).state.stage).toBe('rolled-back')
  })

  test('whoever changes the seat with SQL ends what is on its way', async () => {
    const { db, now, workspace } = await scene({ models: { ...sceneModels, other: 'errorRate: 0.4, latencyMs: 2000' } })
    await db.updateTable('model_assignments').set({ current_model: 'other', assigned_by: 'manual:Ada' }).execute()
    await tickRollouts(workspace)
    expect((await now()).state).toMatchObject({ stage: 'superseded', by: 'manual:Ada' })
  })

  test('nothing waits for ever: without traffic a person is asked, reminded, and then it ends', async () => {
    const { db, now, workspace, hours } = await scene()
    const fortnight = 14 * 24
    for (const stage of ['paused', 'paused', 'rejected']) {
      await hours(fortnight)
      await tickRollouts(workspace)
      expect((await now()).state.stage).toBe(stage)
    }
    const asked = (await listAlerts(db, 9)).filter(({ subject }) => subject.includes('waits for a person'))
    expect(asked).toHaveLength(2)
    expect(asked[0]?.message).toContain('`npx incumbent approve 1` lets it go on')
  })

  test('a later verdict for another model takes its place; one that repeats it changes nothing', async () => {
    const { db, now, weeks, options } = await scene()
    await weeks.clock.advance(86_400_000)
    await weeks.evaluate(options)
    expect((await now()).state.stage).toBe('shadow')
    await weeks.clock.advance(86_400_000)
    await weeks.evaluate({ ...options, models: { ...sceneModels, best: 'errorRate: 0, latencyMs: 60' } })
    expect((await now()).state).toMatchObject({ stage: 'superseded', reason: expect.stringContaining('names best') })
    expect(await currentRollouts(db)).toMatchObject([{ challenger: 'best', state: { stage: 'shadow' } }])
  })

  test('status says how far it is', async () => {
    const { count, hours, workspace } = await scene()
    await count({ incumbent: { n: 143 }, challenger: { n: 143 } })
    await hours(9)
    const [state] = await tierStates(workspace)
    expect(state?.movement.rollouts).toMatchObject([
      {
        stage: 'shadow',
        challenger: 'better',
        progress: '143 of 200 requests and 9 of 24 hours in the shadow.',
      },
    ])
  })

  test('status says what a person can do whom it waits for, and says nothing twice', async () => {
    const { workspace, decide, count, hours } = await scene({ rollout: '{ policy: approve, share: 0.1 }' })
    const movement = async () => (await tierStates(workspace))[0]?.movement.rollouts
    const starts = '`npx incumbent approve 1` starts it, `npx incumbent reject 1` ends it.'
    expect(await movement()).toMatchObject([{ stage: 'proposed', progress: starts }])
    await judgeRollout(workspace, 1, 'approve', { by: 'manual:Ada', reason: undefined })
    await count({ incumbent: { n: 300 }, challenger: { n: 300 } })
    await hours(25)
    await decide()
    expect(await movement()).toMatchObject([
      {
        sentence: expect.stringContaining('for a person to let it serve users'),
        progress: '`npx incumbent approve 1` lets it go on, `npx incumbent reject 1` ends it.',
      },
    ])
  })

  test('an ended rollout stays as it was, whatever is asked of it', async () => {
    const { db, id, decide, count } = await scene()
    await count({ challenger: { n: 100, errors: 60, slow: 60 }, incumbent: { n: 100 } })
    await decide()
    const ended = await loadRollout(db, id)
    await decide()
    expect(await loadRollout(db, id)).toEqual(ended)
  })
})
