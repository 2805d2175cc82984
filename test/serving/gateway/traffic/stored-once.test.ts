import { randomUUID } from 'node:crypto'
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../../../src/database/database.ts'
import { insertRollout } from '../../../../src/database/rollout-queries.ts'
import { loadTallies } from '../../../../src/database/tally-queries.ts'
import { loadWatch } from '../../../../src/database/watch-queries.ts'
import { createObservationBuffer } from '../../../../src/serving/gateway/traffic/observation-buffer.ts'
import type { Batch } from '../../../../src/serving/gateway/traffic/recorded.ts'
import { type StoredCounts, storeRecorded } from '../../../../src/serving/gateway/traffic/store-recorded.ts'
import { startChild } from '../../../support/child-process.ts'
import { type Cut, cutConnections } from '../../../support/cut-connections.ts'
import { exampleTime } from '../../../support/example-evaluation.ts'
import { openedEvent } from '../../../support/example-rollout.ts'
import { forEachDatabase, type TestDatabases } from '../../../support/test-databases.ts'
import { batchOf } from './batch-of.ts'
import { challenger, exampleRoute, full, incumbent, inPart, ofArm } from './examples.ts'

const rollout = inPart(0.5)
const brought = full({ incumbent: challenger, challenger: incumbent, tier: 1 })
const answered = ofArm(exampleRoute({ rollout, full: brought }), 'incumbent')

/** Requests that come, and what then happens to the COMMITs, one after another, until one passes. */
const anyTimes = array(
  record({
    requests: integer({ min: 1, max: 4 }),
    cuts: array(constantFrom<Cut>('before COMMIT', 'before its answer'), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
)

forEachDatabase((databases) => {
  test('counts equal requests, wherever connections are lost and however often a batch is tried again', async () => {
    const { database, cuts, store } = await storing(databases)
    for (const one of [brought, rollout]) expect(await insertRollout(database.db, one, openedEvent)).toBe('inserted')
    let total = 0
    let told: StoredCounts | undefined
    await assert(
      asyncProperty(anyTimes, async (times) => {
        const buffer = createObservationBuffer({
          writer: randomUUID(),
          store,
          onStored: (counts) => {
            told = counts
          },
          isHopeless: () => false,
          note: () => undefined,
        })
        for (const { requests, cuts: planned } of times) {
          const comes = (count: number) => {
            for (let request = 0; request < count; request += 1) buffer.add(answered)
            total += count
          }
          comes(requests)
          cuts.push(...planned)
          for (const _cut of planned) {
            await expect(buffer.flush()).rejects.toThrow()
            comes(1)
          }
          await buffer.flush()
        }
        await buffer.stop()
        expect(await countsIn(database)).toEqual({ observations: total, tally: total, watch: total })
        expect(told?.tallies[0]?.arms.incumbent.n).toBe(total)
        expect(told?.watches[0]?.watch.error.n).toBe(total)
      }),
      { numRuns: 15 },
    )
  })

  test('kill -9 in the middle of storing: what is sent again afterwards counts once, and nothing is half there', async () => {
    const place = await databases.place()
    const before = await databases.openAt(place)
    const { id } = rollout
    expect(await insertRollout(before.db, rollout, openedEvent)).toBe('inserted')
    await before.close()

    const writer = randomUUID()
    const script = `${import.meta.dirname}/processes/store-batches.ts`
    const storer = startChild(script, [writer, id, place.home, ...(place.url === undefined ? [] : [place.url])])
    await storer.line('stored 20.')
    await storer.kill('SIGKILL')
    const last = storer.lines.length

    const database = await databases.openAt(place)
    const { observations } = await countsIn(database)
    expect([last * 10, last * 10 + 10]).toContain(observations)
    for (const number of [last, last + 1]) {
      await storeRecorded(database.db, batchOf({ writer, number }, id), exampleTime)
    }
    expect(await countsIn(database)).toMatchObject({ observations: last * 10 + 10, tally: last * 10 + 10 })
  })
})

interface Storing {
  database: Database
  cuts: (Cut | undefined)[]
  store: (batch: Batch) => Promise<StoredCounts>
}

/** The embedded database has no connection that could be lost: there the answer of the whole transaction is. */
async function storing(databases: TestDatabases): Promise<Storing> {
  const place = await databases.place()
  if (place.url !== undefined) {
    const { url, cuts } = await cutConnections(place.url)
    const database = await databases.openAt({ ...place, url })
    return { database, cuts, store: (batch) => storeRecorded(database.db, batch, exampleTime) }
  }
  const database = await databases.openAt(place)
  const cuts: Storing['cuts'] = []
  const store = async (batch: Batch) => {
    const cut = cuts.shift()
    if (cut === 'before COMMIT') throw new Error('The connection is lost.')
    const counts = await storeRecorded(database.db, batch, exampleTime)
    if (cut === 'before its answer') throw new Error('The connection is lost.')
    return counts
  }
  return { database, cuts, store }
}

async function countsIn({ db }: Database) {
  const { n } = await db
    .selectFrom('live_observations')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return {
    observations: n,
    tally: (await loadTallies(db, rollout.id, 0)).incumbent.n,
    watch: (await loadWatch(db, brought.id, 0)).error.n,
  }
}
