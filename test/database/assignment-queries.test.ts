import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { assign, assignmentHistory, listAssignments, loadAssignment } from '../../src/database/assignment-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { seedAssignment } from '../../src/database/seed-assignments.ts'
import { exampleTime, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { forEachDatabase, onServer } from '../support/test-databases.ts'

const flash = 'gemini-2.0-flash-001'
const lite = 'gemini-2.0-flash-lite-001'
const pro = 'gemini-1.5-pro'

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  const byHand = { assignedBy: 'manual:ada', reason: 'because', at: exampleTime } as const

  describe('a seat', () => {
    test('that is given to a model remembers the one before, and who, when and why', async () => {
      expect(await assign(database.db, { tier: 1, model: lite, ...byHand })).toEqual({
        status: 'assigned',
        previousModel: flash,
      })
      expect(await loadAssignment(database.db, 1)).toEqual({
        tier: 1,
        model: lite,
        previousModel: flash,
        reason: 'because',
        assignedBy: 'manual:ada',
        assignedAt: exampleTime,
        canAutoRollback: true,
        rollbackThresholdAccuracy: undefined,
      })
    })

    test('is unchanged by the model that holds it', async () => {
      const before = await assignmentHistory(database.db, 1, 100)
      expect(await assign(database.db, { tier: 1, model: lite, ...byHand })).toEqual({ status: 'unchanged' })
      expect(await assignmentHistory(database.db, 1, 100)).toEqual(before)
    })

    test('is not taken from somebody who got it after the decision was made', async () => {
      const decided = { tier: 1, model: pro, assignedBy: 'auto', reason: 'verdict', at: exampleTime } as const
      const result = await assign(database.db, { ...decided, onlyIfHeldBy: { model: flash } })
      expect(result).toEqual({ status: 'held-by-another', model: lite })
      expect(await loadAssignment(database.db, 1)).toMatchObject({ model: lite })
      expect(await assign(database.db, { ...decided, onlyIfHeldBy: { model: lite } })).toMatchObject({
        status: 'assigned',
      })
    })

    test('of a new tier is created, and can be vacant', async () => {
      expect(await assign(database.db, { tier: 8, model: undefined, ...byHand })).toMatchObject({ status: 'assigned' })
      expect(await loadAssignment(database.db, 8)).toMatchObject({ model: undefined })
      const threshold = { rollbackThresholdAccuracy: 81.5 }
      await assign(database.db, { tier: 9, model: pro, ...byHand, ...threshold, onlyIfHeldBy: { model: undefined } })
      expect(await loadAssignment(database.db, 9)).toMatchObject({ model: pro, ...threshold })
      expect((await listAssignments(database.db)).map(({ tier }) => tier)).toEqual([1, 2, 3, 8, 9])
      expect(await loadAssignment(database.db, 10)).toBeUndefined()
    })

    test('cannot go to a model that is not in the registry', async () => {
      await expect(assign(database.db, { tier: 2, model: 'unheard-of', ...byHand })).rejects.toThrow(/foreign key/)
      expect(await loadAssignment(database.db, 2)).toMatchObject({ model: flash })
    })
  })

  describe('the history of the seats', () => {
    test('begins with the first assignments of the document', async () => {
      expect((await assignmentHistory(database.db, 3, 10)).at(-1)).toMatchObject({
        tier: 3,
        model: flash,
        previousModel: undefined,
        reason: 'Initial default model',
        assignedBy: 'system',
      })
    })

    test('has every change with its evidence, the newest first', async () => {
      const { evaluation } = await storeEvaluation(database.db, { status: 'completed' })
      const evidence = { gain: 2.5 }
      await assign(database.db, { tier: 2, model: lite, ...byHand, evaluationId: evaluation.id, evidence })
      await assign(database.db, { tier: 2, model: pro, ...byHand, reason: 'no evidence' })
      expect(await assignmentHistory(database.db, 2, 2)).toEqual([
        {
          tier: 2,
          model: pro,
          previousModel: lite,
          reason: 'no evidence',
          assignedBy: 'manual:ada',
          assignedAt: exampleTime,
          evaluationId: undefined,
          recommendationId: undefined,
          evidence: undefined,
        },
        expect.objectContaining({ model: lite, previousModel: flash, evaluationId: evaluation.id, evidence }),
      ])
    })

    test("has a change that somebody made with the document's own UPDATE, without evidence of an earlier one", async () => {
      const { evaluation } = await storeEvaluation(database.db, { status: 'completed' })
      await assign(database.db, { tier: 2, model: lite, ...byHand, evaluationId: evaluation.id })
      await sql`update model_assignments set current_model = ${flash}, previous_model = ${lite},
        assigned_by = 'manual:sql', assignment_reason = 'by hand' where tier = 2`.execute(database.db)
      const [change] = await assignmentHistory(database.db, 2, 1)
      expect(change).toMatchObject({
        model: flash,
        assignedBy: 'manual:sql',
        reason: 'by hand',
        evaluationId: undefined,
      })
    })

    test('names who held the seat before also where an UPDATE by hand says nothing of it', async () => {
      await assign(database.db, { tier: 2, model: lite, ...byHand })
      await sql`update model_assignments set current_model = ${flash} where tier = 2`.execute(database.db)
      const [change] = await assignmentHistory(database.db, 2, 1)
      expect(change).toMatchObject({ model: flash, previousModel: lite })
      expect(await loadAssignment(database.db, 2)).toMatchObject({ model: flash, previousModel: lite })
    })

    test('refuses to be changed, deleted from or emptied', async () => {
      const before = await assignmentHistory(database.db, 2, 100)
      for (const statement of [
        "update assignment_history set reason = 'forged'",
        'delete from assignment_history where tier = 2',
        'truncate assignment_history',
      ]) {
        await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/assignment_history is append-only/)
      }
      expect(await assignmentHistory(database.db, 2, 100)).toEqual(before)
    })

    test('and the seat change together or not at all', async () => {
      const before = await assignmentHistory(database.db, 3, 100)
      const failing = database.db.transaction().execute(async (trx) => {
        await assign(trx, { tier: 3, model: pro, ...byHand })
        throw new Error('the rest failed')
      })
      await expect(failing).rejects.toThrow('the rest failed')
      expect(await assignmentHistory(database.db, 3, 100)).toEqual(before)
      expect(await loadAssignment(database.db, 3)).toMatchObject({ model: flash })
    })
  })

  describe('the initial model of the configuration', () => {
    let fresh: Database
    beforeAll(async () => {
      fresh = await databases.open()
    })

    test('gets the seat while only the system has assigned it, also when it is none', async () => {
      expect(await seedAssignment(fresh.db, 1, lite, exampleTime)).toBe('assigned')
      expect(await seedAssignment(fresh.db, 1, lite, exampleTime)).toBe('unchanged')
      expect(await seedAssignment(fresh.db, 1, undefined, exampleTime)).toBe('assigned')
      expect(await seedAssignment(fresh.db, 1, undefined, exampleTime)).toBe('unchanged')
      expect(await loadAssignment(fresh.db, 1)).toMatchObject({ model: undefined, assignedBy: 'system' })
      expect(await seedAssignment(fresh.db, 4, pro, exampleTime)).toBe('assigned')
      expect(await loadAssignment(fresh.db, 4)).toMatchObject({ model: pro, previousModel: undefined })
    })

    test('does not get it from a person', async () => {
      await assign(fresh.db, { tier: 2, model: pro, ...byHand })
      expect(await seedAssignment(fresh.db, 2, lite, exampleTime)).toBe('decided-already')
      expect(await loadAssignment(fresh.db, 2)).toMatchObject({ model: pro })
    })

    test('still gets it after a baseline was scored, and no more after a language model was', async () => {
      const { evaluation } = await storeEvaluation(fresh.db, { tier: 3, status: 'completed' })
      await insertOutcomes(fresh.db, evaluation.id, [scoredOutcome({ model: 'rules-basic' })])
      expect(await seedAssignment(fresh.db, 3, lite, exampleTime)).toBe('assigned')
      await insertOutcomes(fresh.db, evaluation.id, [scoredOutcome({ model: flash })])
      expect(await seedAssignment(fresh.db, 3, pro, exampleTime)).toBe('decided-already')
      expect(await loadAssignment(fresh.db, 3)).toMatchObject({ model: lite })
    })
  })
})

onServer((databases) => {
  test('two assignments at once come one after the other, and the history has both in that order', async () => {
    const { db } = await databases.open()
    const at = exampleTime
    const models = [lite, pro, 'gemini-1.5-flash']
    await Promise.all(models.map((model) => assign(db, { tier: 1, model, assignedBy: 'auto', reason: 'r', at })))
    const changes = (await assignmentHistory(db, 1, 10)).toReversed()
    expect(new Set(changes.map(({ model }) => model))).toEqual(new Set([flash, ...models]))
    for (const [index, change] of changes.entries()) expect(change.previousModel).toBe(changes[index - 1]?.model)
  })
})
