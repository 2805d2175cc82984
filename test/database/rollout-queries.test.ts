import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadAssignment } from '../../src/database/assignment-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { pinTier, unpinTier } from '../../src/database/pin-queries.ts'
import {
  currentRollouts,
  insertRollout,
  listRollouts,
  loadRollout,
  lockRollout,
  type NewRolloutEvent,
  rolloutEvents,
  updateRollout,
} from '../../src/database/rollout-queries.ts'
import type { Rollout } from '../../src/rollout/rollout.ts'
import { stateSentence } from '../../src/rollout/state-sentence.ts'
import { transition } from '../../src/rollout/transition.ts'
import { exampleTime, storeEvaluation } from '../support/example-evaluation.ts'
import {
  challenger,
  daysAfter,
  exampleRollout,
  fullState,
  incumbent,
  openedEvent,
  partialState,
  pausedState,
} from '../support/example-rollout.ts'
import { forEachDatabase, onServer } from '../support/test-databases.ts'

function event(rollout: Rollout, overrides: Partial<NewRolloutEvent> = {}): NewRolloutEvent {
  return { ...openedEvent, stateSentence: stateSentence(rollout), ...overrides }
}

async function store(database: Database, rollout: Rollout): Promise<'inserted' | 'exists'> {
  return insertRollout(database.db, rollout, event(rollout))
}

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
    await storeEvaluation(database.db, { status: 'completed' })
  })

  describe('a rollout', () => {
    test('comes back as it was stored, in every state', async () => {
      const since = exampleTime
      const until = daysAfter(14)
      const states: Rollout['state'][] = [
        { stage: 'proposed', since, until },
        exampleRollout().state,
        partialState({ splitBrokenSince: daysAfter(1) }),
        {
          stage: 'incident',
          since,
          until,
          from: { stage: 'partial', share: 0.25, step: 1 },
          reason: 'everybody fails',
        },
        pausedState({ until, cause: 'pin', isReminded: true }),
        fullState({ alarmedAt: daysAfter(2), incident: { since, until, reason: 'outage' } }),
        { stage: 'rolled-back', since, reason: 'worse', by: 'auto', locksChallenger: true },
      ]
      for (const [index, state] of states.entries()) {
        const rollout = exampleRollout({ tier: 10 + index, state, countsEpoch: index, approvedBy: 'manual:ada' })
        expect(await store(database, rollout)).toBe('inserted')
        expect(await loadRollout(database.db, rollout.id)).toEqual(rollout)
      }
      expect(await loadRollout(database.db, randomUUID())).toBeUndefined()
    })

    test('shows its stage, its share and a sentence to people who read SQL', async () => {
      const rollout = exampleRollout({ tier: 20, state: partialState({ share: 0.25 }) })
      await store(database, rollout)
      const { rows } = await sql`select stage, share, sentence from rollouts where id = ${rollout.id}`.execute(
        database.db,
      )
      expect(rows).toEqual([{ stage: 'partial', share: 0.25, sentence: stateSentence(rollout) }])
    })

    test('is changed together with its event, which nobody can change or take back', async () => {
      const rollout = exampleRollout({ tier: 21 })
      await store(database, rollout)
      await database.db.transaction().execute(async (trx) => {
        const locked = await lockRollout(trx, rollout.id)
        if (locked === undefined) throw new Error('it is gone')
        const paused = transition(locked, { kind: 'pause', by: 'manual:ada', reason: 'a launch' }, daysAfter(1))
        if (paused.status !== 'moved') throw new Error(paused.reason)
        const words = {
          at: daysAfter(1),
          by: 'manual:ada',
          event: 'pause',
          sentence: paused.sentence,
          reason: 'a launch',
        }
        await updateRollout(trx, paused.rollout, { ...event(paused.rollout, words), from: 'shadow' })
      })
      expect(await loadRollout(database.db, rollout.id)).toMatchObject({ state: { stage: 'paused', by: 'manual:ada' } })
      const [newest, first] = await rolloutEvents(database.db, { rolloutId: rollout.id }, 10)
      expect(newest).toMatchObject({
        by: 'manual:ada',
        event: 'pause',
        fromStage: 'shadow',
        toStage: 'paused',
        at: daysAfter(1),
      })
      expect(first).toMatchObject({ event: 'opened', fromStage: undefined, toStage: 'shadow' })
      expect(await rolloutEvents(database.db, { tier: 21 }, 1)).toEqual([newest])
      for (const statement of ['update rollout_events set by = null', 'delete from rollout_events']) {
        await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/rollout_events is append-only/)
      }
    })

    test('is the only open one of its tier; one that is full stands beside it', async () => {
      const full = exampleRollout({ tier: 22, state: fullState() })
      const open = exampleRollout({ tier: 22, createdAt: daysAfter(1) })
      expect(await store(database, full)).toBe('inserted')
      expect(await store(database, open)).toBe('inserted')
      expect(await store(database, exampleRollout({ tier: 22 }))).toBe('exists')
      expect(await store(database, exampleRollout({ tier: 22, state: fullState() }))).toBe('exists')
      const ofTier = (await currentRollouts(database.db)).filter(({ tier }) => tier === 22)
      expect(ofTier.map(({ id }) => id)).toEqual([open.id, full.id])
      expect((await listRollouts(database.db, { tier: 22, limit: 1 })).map(({ id }) => id)).toEqual([open.id])
      expect(await listRollouts(database.db, { tier: 22, challenger: 'another', limit: 9 })).toEqual([])
    })

    test('knows the pin of its tier, until it is taken away', async () => {
      const rollout = exampleRollout({ tier: 23 })
      await store(database, rollout)
      const pin = { model: incumbent, by: 'manual:ada', reason: 'a launch', at: daysAfter(1) }
      expect(await pinTier(database.db, { tier: 23, ...pin })).toBe('pinned')
      expect(await pinTier(database.db, { tier: 23, ...pin, by: 'manual:bob' })).toBe('pinned-already')
      expect((await loadRollout(database.db, rollout.id))?.pin).toEqual(pin)
      const unpin = { by: 'manual:bob', reason: 'it is over', at: daysAfter(2) }
      expect(await unpinTier(database.db, 23, unpin)).toBe('unpinned')
      expect(await unpinTier(database.db, 23, unpin)).toBe('not-pinned')
      expect((await loadRollout(database.db, rollout.id))?.pin).toBeUndefined()
    })
  })

  test('model_assignments names the incumbent as long as the challenger has only a part of the requests', async () => {
    await store(database, exampleRollout({ tier: 1, state: partialState() }))
    expect(await loadAssignment(database.db, 1)).toMatchObject({ model: incumbent })
  })

  test('assignment_log tells assignments, rollouts and pins in one list', async () => {
    const { rows } = await sql<{ what: string; by: string; why: string; model: string }>`
      select by, what, model, why from assignment_log where tier in (1, 21, 23) order by at, tier`.execute(database.db)
    expect(rows).toContainEqual({ by: 'system', what: 'assigned', model: incumbent, why: 'Initial default model' })
    expect(rows).toContainEqual({
      by: 'manual:ada',
      what: 'pause: shadow to paused',
      model: challenger,
      why: expect.stringMatching(/is paused: a launch\.(?!.*Reason)/),
    })
    expect(rows).toContainEqual({ by: 'manual:ada', what: 'pinned', model: incumbent, why: 'a launch' })
    expect(rows).toContainEqual({ by: 'manual:bob', what: 'unpinned', model: incumbent, why: 'it is over' })
  })
})

onServer((databases) => {
  test('of two changes at once the second sees the first', async () => {
    const { db } = await databases.open()
    const rollout = exampleRollout()
    await insertRollout(db, rollout, event(rollout))
    const say = (name: string) =>
      db.transaction().execute(async (trx) => {
        const locked = await lockRollout(trx, rollout.id)
        if (locked === undefined) throw new Error('it is gone')
        const result = transition(locked, { kind: 'pause', by: `manual:${name}`, reason: 'r' }, exampleTime)
        if (result.status === 'moved')
          await updateRollout(trx, result.rollout, { ...event(result.rollout), from: 'shadow' })
        return result
      })
    const results = await Promise.all(['ada', 'bob'].map(say))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['moved', 'refused'])
    const refused = results.find(({ status }) => status === 'refused')
    expect(refused).toMatchObject({ reason: expect.stringMatching(/paused already, by (ada|bob)/) })
  })

  test('two rollouts of a tier that are opened at once are one', async () => {
    const { db } = await databases.open()
    const opened = await Promise.all(
      [exampleRollout(), exampleRollout()].map((rollout) => insertRollout(db, rollout, event(rollout))),
    )
    expect(opened.toSorted()).toEqual(['exists', 'inserted'])
  })
})
