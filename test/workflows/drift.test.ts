import { beforeAll, describe, expect, test } from 'vitest'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { assign, loadAssignment } from '../../src/database/assignment-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { loadOutcomes } from '../../src/database/outcome-queries.ts'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { recommendAgain } from '../../src/workflows/recommend-again.ts'
import { type Behaviours, simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const good: Behaviours = { held: 'errorRate: 0.02, latencyMs: 2000', before: 'errorRate: 0.02, latencyMs: 2000' }
const worse: Behaviours = { ...good, held: 'errorRate: 0.6, latencyMs: 2000' }
const tier = 'targets: { latencyMs: 2000, costUsd: 0.002 }'
const request = { racing: false, models: [] as string[] }

onEmbedded((databases) => {
  async function weeksOf(database: Database, count: number) {
    const weeks = simulatedWeeks(database, 30)
    await weeks.workspaceOf({ models: good, tier })
    // `before` held the seat, and gave it to `held`.
    for (const model of ['before', 'held']) {
      await assign(database.db, { tier: 1, model, reason: 'a test', assignedBy: 'manual:Ada', at: weeks.clock.now() })
    }
    const reports: EvaluationReport[] = []
    for (let week = 0; week < count; week += 1) reports.push(await weeks.week({ models: good, tier, request }))
    return { weeks, reports }
  }

  describe('an incumbent that becomes worse', () => {
    let database: Database
    beforeAll(async () => {
      database = await databases.open()
    })

    test('is asked again at once and, when that confirms it, the model before comes back and it is locked', async () => {
      const { weeks, reports } = await weeksOf(database, 4)
      expect(reports.map(({ drift }) => drift?.status)).toEqual(['unwatched', 'steady', 'steady', 'steady'])
      const report = await weeks.week({ models: worse, tier, request })
      expect(report.drift?.status).toBe('rollback')
      expect(report.assignment).toEqual({ model: 'before', changed: true })
      expect(await loadAssignment(database.db, 1)).toMatchObject({ model: 'before', assignedBy: 'auto' })
      const [alert] = await listAlerts(database.db, 1)
      expect(alert).toMatchObject({
        kind: 'drift',
        severity: 'critical',
        subject: 'Tier 1 went back from held to before',
      })

      const asked = (await loadOutcomes(database.db, report.id)).filter(({ model }) => model === 'held')
      expect(asked).toHaveLength(2 * 90)
      expect(report.runs.find(({ model }) => model === 'held')?.asked).toBe(90)
      const workspace = await weeks.workspaceOf({ models: good, tier })
      const [again] = await recommendAgain(workspace, { evaluation: report.id, tiers: undefined })
      expect(again?.input.drift?.status).toBe('rollback')
      expect(again?.reasoning).toBe(report.reasoning)

      const next = await weeks.week({ models: good, tier, request: { racing: false } })
      expect(next.incumbent).toBe('before')
      expect(next.locked).toEqual([{ model: 'held', reason: 'rolled_back' }])
    })

    test('stays where its seat forbids to roll back by itself: people are told who should come back', async () => {
      const opened = await databases.open()
      const { db } = opened
      const { weeks } = await weeksOf(opened, 4)
      await db.updateTable('model_assignments').set({ can_auto_rollback: false }).where('tier', '=', 1).execute()
      const report = await weeks.week({ models: worse, tier, request })
      expect(report.assignment.changed).toBe(false)
      const [alert] = await listAlerts(db, 1)
      expect(alert?.message).toContain('did not by itself, because can_auto_rollback of the seat is false')
    })

    test('is only told of before four runs exist, and not asked again', async () => {
      const opened = await databases.open()
      const { weeks } = await weeksOf(opened, 2)
      const report = await weeks.week({ models: worse, tier, request })
      expect(report.drift).toMatchObject({ status: 'suspect', words: expect.stringContaining('its 2 runs so far') })
      expect(await loadOutcomes(opened.db, report.id)).toHaveLength(90)
      expect(await listAlerts(opened.db, 1)).toMatchObject([{ kind: 'drift', severity: 'warning' }])
      expect((await loadAssignment(opened.db, 1))?.model).toBe('held')
    })

    test('is held to the floor of its seat, tested, from the first week on', async () => {
      const opened = await databases.open()
      const { weeks } = await weeksOf(opened, 1)
      const set = (value: number) =>
        opened.db.updateTable('model_assignments').set({ rollback_threshold_accuracy: value }).execute()
      await set(90)
      expect((await weeks.week({ models: good, tier, request })).drift?.status).toBe('steady')
      const report = await weeks.week({ models: worse, tier, request })
      expect(report.drift).toMatchObject({ status: 'rollback', words: expect.stringContaining('its floor of 90') })
      expect((await loadAssignment(opened.db, 1))?.model).toBe('before')
    })
  })
})
