import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { insertRollout } from '../../src/database/rollout-queries.ts'
import { addToTallies, loadTallies } from '../../src/database/tally-queries.ts'
import { advanceWatch, loadWatch } from '../../src/database/watch-queries.ts'
import { emptyTally } from '../../src/rollout/live/count-observation.ts'
import { emptyWatch, watchAfter, watchLimitsOf } from '../../src/rollout/live/seat-watch.ts'
import { talliesOf } from '../../src/rollout/live/tallies-of.ts'
import { exampleObservation, exampleRollout, fullState, openedEvent } from '../support/example-rollout.ts'
import { forEachDatabase, onServer } from '../support/test-databases.ts'

const state = fullState()
const limits = watchLimitsOf(state, exampleRollout().baseline, 0.1)
if (limits === undefined) throw new Error('a rollout with live evidence has limits')
const failure = exampleObservation({ outcome: 'failed' })

forEachDatabase((databases) => {
  let database: Database
  const rollout = exampleRollout()
  beforeAll(async () => {
    database = await databases.open()
    await insertRollout(database.db, rollout, openedEvent)
  })

  describe('the counts of a rollout', () => {
    test('grow batch by batch, each arm for itself', async () => {
      const of = { rolloutId: rollout.id, countsEpoch: 0, stage: 'shadow' } as const
      const batch = [
        exampleObservation(of),
        exampleObservation({ ...of, outcome: 'failed' }),
        exampleObservation({ ...of, arm: 'challenger', invalid: true, disagrees: true }),
      ]
      for (let round = 0; round < 3; round += 1) {
        await database.db.transaction().execute((trx) => addToTallies(trx, talliesOf(batch)))
      }
      expect(await loadTallies(database.db, rollout.id, 0)).toEqual({
        incumbent: { ...emptyTally, n: 6, errors: 3, slow: 3 },
        challenger: { ...emptyTally, n: 3, invalid: 3, compared: 3, disagree: 3 },
      })
    })

    test('start from 0 with a new counting', async () => {
      const none = { incumbent: emptyTally, challenger: emptyTally }
      expect(await loadTallies(database.db, rollout.id, 1)).toEqual(none)
    })
  })

  test('the CUSUMs of a seat go on from where they were stored', async () => {
    expect(await loadWatch(database.db, rollout.id, 1)).toEqual(emptyWatch())
    let expected = emptyWatch()
    for (let batch = 0; batch < 3; batch += 1) {
      expected = watchAfter(expected, failure, limits)
      const stored = await database.db.transaction().execute((trx) => {
        return advanceWatch(trx, rollout.id, 1, (watch) => watchAfter(watch, failure, limits))
      })
      expect(stored).toEqual(expected)
    }
    expect(await loadWatch(database.db, rollout.id, 1)).toEqual(expected)
    expect(expected.error).toMatchObject({ n: 3, events: 3 })
  })
})

onServer((databases) => {
  test('batches of several processes at once are all counted', async () => {
    const { db } = await databases.open()
    const rollouts = [exampleRollout({ tier: 1 }), exampleRollout({ tier: 2 })]
    for (const rollout of rollouts) await insertRollout(db, rollout, openedEvent)
    const batch = rollouts.flatMap(({ id }) =>
      (['incumbent', 'challenger'] as const).map((arm) => {
        return exampleObservation({ rolloutId: id, countsEpoch: 0, stage: 'partial', arm })
      }),
    )
    const flushes = Array.from({ length: 30 }, (_, index) =>
      db.transaction().execute(async (trx) => {
        await addToTallies(trx, talliesOf(index % 2 === 0 ? batch : batch.toReversed()))
        await advanceWatch(trx, rollouts[0]?.id ?? '', 0, (watch) => watchAfter(watch, failure, limits))
      }),
    )
    await Promise.all(flushes)
    for (const { id } of rollouts) {
      const { incumbent, challenger } = await loadTallies(db, id, 0)
      expect([incumbent.n, challenger.n]).toEqual([30, 30])
    }
    expect((await loadWatch(db, rollouts[0]?.id ?? '', 0)).error).toMatchObject({ n: 30, events: 30 })
  })
})
