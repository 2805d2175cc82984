import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../../src/database/database.ts'
import { insertRollout } from '../../../../src/database/rollout-queries.ts'
import { loadTallies } from '../../../../src/database/tally-queries.ts'
import { loadWatch } from '../../../../src/database/watch-queries.ts'
import type { Rollout } from '../../../../src/rollout/rollout.ts'
import { isHopeless } from '../../../../src/serving/gateway/traffic/is-hopeless.ts'
import type { Batch, Recorded } from '../../../../src/serving/gateway/traffic/recorded.ts'
import { storeRecorded } from '../../../../src/serving/gateway/traffic/store-recorded.ts'
import { exampleTime } from '../../../support/example-evaluation.ts'
import { openedEvent } from '../../../support/example-rollout.ts'
import { forEachDatabase } from '../../../support/test-databases.ts'
import { challenger, exampleRoute, full, incumbent, inPart, ofArm } from './examples.ts'

forEachDatabase((databases) => {
  describe('a batch of observations', () => {
    let database: Database
    const rollout = inPart(0.5)
    const brought = full({ incumbent: challenger, challenger: incumbent, tier: 1 })
    const route = exampleRoute({ rollout, full: brought })
    const failure = { outcome: 'failed', failureKind: 'timeout' } as const
    const batch: Recorded[] = [
      ofArm(route, 'incumbent'),
      ofArm(route, 'incumbent', failure),
      ofArm(route, 'challenger', failure),
      ofArm(route, 'challenger', { invalid: true }),
    ]
    const numbered = (recorded: readonly Recorded[] = batch): Batch => ({ writer: randomUUID(), number: 1, recorded })
    const stored = () =>
      database.db
        .selectFrom('live_observations')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirst()

    beforeAll(async () => {
      database = await databases.open()
      const insert = (one: Rollout) => insertRollout(database.db, one, openedEvent)
      expect(await insert(brought)).toBe('inserted')
      expect(await insert(rollout)).toBe('inserted')
    })

    test('is stored with what it counts for the arms of the rollout, and for the watch over the holder', async () => {
      const counts = await storeRecorded(database.db, numbered(), exampleTime)
      expect(await stored()).toEqual({ n: 4 })
      const arms = await loadTallies(database.db, rollout.id, 0)
      expect(arms).toMatchObject({ incumbent: { n: 2, errors: 1 }, challenger: { n: 2, errors: 1, invalid: 1 } })
      const watch = await loadWatch(database.db, brought.id, 0)
      expect(watch.error).toMatchObject({ n: 2, events: 1 })
      expect(counts).toEqual({
        tallies: [{ rolloutId: rollout.id, countsEpoch: 0, arms }],
        watches: [{ rolloutId: brought.id, countsEpoch: 0, watch }],
      })
    })

    test('adds up with those of others at the same time, and each is told the sum that it led to', async () => {
      const results = await Promise.all([1, 2, 3, 4].map(() => storeRecorded(database.db, numbered(), exampleTime)))
      const seen = results.map(({ tallies }) => tallies[0]?.arms.incumbent.n)
      expect(seen.toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual([4, 6, 8, 10])
      expect((await loadWatch(database.db, brought.id, 0)).error.n).toBe(10)
    })

    test('is stored whole or not at all', async () => {
      const wrong = ofArm(route, 'incumbent', { requestId: 'x'.repeat(10_000) })
      const failed = await storeRecorded(database.db, numbered([...batch, wrong]), exampleTime).catch(
        (error: unknown) => error,
      )
      expect(isHopeless(failed)).toBe(true)
      expect(await stored()).toEqual({ n: 20 })
      expect((await loadTallies(database.db, rollout.id, 0)).incumbent.n).toBe(10)
    })
  })
})

test('a database that is away is no fault of the observations', () => {
  expect(isHopeless(Object.assign(new Error('gone'), { code: '57P01' }))).toBe(false)
  expect(isHopeless(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))).toBe(false)
  expect(isHopeless(new Error('gone'))).toBe(false)
})
