import { expect, test } from 'vitest'
import { assignmentHistory, loadAssignment } from '../../../src/database/assignment-queries.ts'
import { listEvaluations, loadConfirmation } from '../../../src/database/evaluation-queries.ts'
import { loadOutcomes } from '../../../src/database/outcome-queries.ts'
import { currentRollouts, loadRollout } from '../../../src/database/rollout-queries.ts'
import { silentListener } from '../../../src/workflows/cycle-listener.ts'
import { recommendAgain } from '../../../src/workflows/recommend-again.ts'
import { resumeCycle } from '../../../src/workflows/resume-cycle.ts'
import { type Behaviours, simulatedWeeks, type WeekOptions } from '../../support/simulated-weeks.ts'
import { onEmbedded } from '../../support/test-databases.ts'

const models: Behaviours = { held: 'errorRate: 0.3, latencyMs: 2000', better: 'errorRate: 0, latencyMs: 600' }
const targets = 'targets: { latencyMs: 2000, costUsd: 0.002 }'

function week(policy: string, request: WeekOptions['request'] = {}): WeekOptions {
  return { models, tier: `${targets}, rollout: { policy: ${policy} }`, request: { racing: false, ...request } }
}

onEmbedded((databases) => {
  test('without live traffic a better model takes the seat as soon as a fresh re-run confirms it', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const report = await weeks.week(week('auto'))
    expect(report.recommendation).toMatchObject({ decision: 'switch', target: 'better' })
    expect(report.reasoning).toContain('Next: Tier 1 has too little live traffic to try better on')
    expect(report.assignment).toEqual({ model: 'better', changed: true })
    expect(report.followed.join('\n')).toMatch(
      /^better is in the shadow of tier 1 while both models are asked everything once more\.\n.*0 live requests in 14 days.*asked everything once more.*That confirms the switch\.\nbetter takes the seat/s,
    )
    const confirmation = await loadConfirmation(database.db, report.id)
    expect(confirmation).toMatchObject({ status: 'completed', applies: false })
    expect(confirmation?.models.map(({ name }) => name).toSorted()).toEqual(['better', 'held'])
    expect(await loadOutcomes(database.db, confirmation?.id ?? '')).toHaveLength(2 * 40 * 3)
    const [change] = await assignmentHistory(database.db, 1, 1)
    expect(change).toMatchObject({ model: 'better', previousModel: 'held', assignedBy: 'auto' })
    expect(change?.evidence).toMatchObject({
      kind: 'rollout',
      confirmation: confirmation?.id,
      state: { stage: 'full', evidence: 'no live traffic' },
    })
  })

  test('the re-run is no look, enters no history, and the verdict that it confirms can still be replayed', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const first = await weeks.week(week('auto'))
    const workspace = await weeks.workspaceOf(week('auto'))
    const [again] = await recommendAgain(workspace, { evaluation: undefined, tiers: [1] })
    expect(again).toMatchObject({ evaluation: first.id, reasoning: first.reasoning })
    const confirmation = await loadConfirmation(database.db, first.id)
    const [rerun] = await recommendAgain(workspace, { evaluation: confirmation?.id, tiers: undefined })
    expect(first.followed).toContain(rerun?.reasoning)
    const second = await weeks.week(week('auto'))
    expect(second.incumbent).toBe('better')
    expect(second.pooled.map(({ evaluation }) => evaluation)).toEqual([first.id])
    expect(second.recommendation.comparisons).toMatchObject([{ model: 'held', look: 2 }])
    expect(await listEvaluations(database.db, { tier: 1, limit: 9 })).toHaveLength(2)
  })

  test('the weekly test is its guard: a model that becomes worse gives the seat back, and its rollout ends with it', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    await weeks.week(week('auto'))
    const [rollout] = await currentRollouts(database.db)
    await database.db.updateTable('model_assignments').set({ rollback_threshold_accuracy: 90 }).execute()
    const worse = { ...week('auto'), models: { ...models, better: 'errorRate: 0.5, latencyMs: 600' } }
    const report = await weeks.week(worse)
    expect(report).toMatchObject({ drift: { status: 'rollback' }, assignment: { model: 'held', changed: true } })
    expect((await loadRollout(database.db, rollout?.id ?? ''))?.state).toMatchObject({
      stage: 'rolled-back',
      locksChallenger: true,
    })
    const [change] = await assignmentHistory(database.db, 1, 1)
    expect(change).toMatchObject({ evaluationId: report.id, evidence: { kind: 'rollback', rollout: rollout?.id } })
    expect((await weeks.week(week('auto'))).locked).toEqual([{ model: 'better', reason: 'rolled_back' }])
  })

  test('with --no-apply nothing is asked again and nobody moves', async () => {
    const database = await databases.open()
    const report = await simulatedWeeks(database, 40).week(week('auto', { apply: false }))
    expect(report).toMatchObject({ recommendation: { decision: 'switch' }, followed: [] })
    expect(await loadConfirmation(database.db, report.id)).toBeUndefined()
    expect(await currentRollouts(database.db)).toEqual([])
  })

  test('a person who has to approve finds it confirmed; where models are only recommended nothing is asked again', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const report = await weeks.week(week('approve'))
    expect(report.assignment).toEqual({ model: 'held', changed: false })
    const [rollout] = await currentRollouts(database.db)
    const confirmation = await loadConfirmation(database.db, report.id)
    expect(rollout).toMatchObject({ state: { stage: 'proposed' }, confirmation: confirmation?.id, verdict: 'switch' })

    const other = await databases.open()
    const recommended = await simulatedWeeks(other, 40).week(week('recommend-only'))
    expect(await loadConfirmation(other.db, recommended.id)).toBeUndefined()
    expect(await currentRollouts(other.db)).toMatchObject([{ state: { stage: 'proposed' }, confirmation: undefined }])
  })

  test('what was cut off in the middle of the re-run goes on there, and gives the seat', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const stop = new AbortController()
    let asked = 0
    const listener = {
      ...silentListener,
      outcome: () => {
        asked += 1
        if (asked === 300) stop.abort(new Error('cut off'))
      },
    }
    await expect(weeks.week(week('auto'), listener, stop.signal)).rejects.toThrow('cut off')
    expect(await loadAssignment(database.db, 1)).toMatchObject({ model: 'held' })
    const [interrupted] = await listEvaluations(database.db, { status: 'interrupted', confirmations: true, limit: 9 })
    expect(interrupted?.confirms).toBeDefined()

    const counted: string[] = []
    const workspace = await weeks.workspaceOf(week('auto'))
    const report = await resumeCycle(
      workspace,
      undefined,
      { ...silentListener, outcome: ({ model }) => counted.push(model) },
      new AbortController().signal,
    )
    expect(counted.length).toBeLessThan(240)
    expect(report.evaluations).toMatchObject([{ tier: 1, assignment: { model: 'better', changed: true } }])
    expect(await loadAssignment(database.db, 1)).toMatchObject({ model: 'better' })
  })
})
