import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../../src/database/database.ts'
import { insertObservations } from '../../../../src/database/observation-queries.ts'
import { claimBatch } from '../../../../src/database/writer-queries.ts'
import { maintainLiveTables } from '../../../../src/serving/gateway/traffic/maintenance.ts'
import { exampleObservation } from '../../../support/example-rollout.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { forEachDatabase } from '../../../support/test-databases.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const newer = randomUUID()

forEachDatabase((databases) => {
  describe('live observations', () => {
    let database: Database
    let start: number
    beforeAll(async () => {
      database = await databases.open()
      start = Date.parse('2026-11-22T01:00:00Z')
    })

    const observed = (minutes: number) =>
      insertObservations(database.db, [exampleObservation({ at: new Date(start + minutes * minuteMs + 1_000) })])
    const maintainAt = (minutes: number) =>
      maintainLiveTables(
        database,
        createFakeClock({ start: new Date(start + minutes * minuteMs), skipsSleep: true }),
        new AbortController().signal,
      )
    const minutes = async () => {
      const rows = await database.db.selectFrom('live_minutes').select(['minute', 'n']).orderBy('minute').execute()
      return rows.map(({ minute, n }) => [(minute.getTime() - start) / minuteMs, n])
    }
    const observations = async () => {
      const rows = await database.db.selectFrom('live_observations').select('at').execute()
      return rows.length
    }

    test('are rolled up each minute, and again for those that came late', async () => {
      await observed(0)
      await observed(1)
      await maintainAt(1)
      expect(await minutes()).toEqual([[0, 1]])
      await observed(0)
      await maintainAt(2)
      expect(await minutes()).toEqual([
        [0, 2],
        [1, 1],
      ])
      await observed(0)
      await maintainAt(17)
      expect(await minutes()).toEqual([
        [0, 3],
        [1, 1],
      ])
    })

    test('are rolled up after the service was away for hours', async () => {
      await observed(20)
      await observed(21)
      await observed(21.8)
      await maintainAt(300)
      expect((await minutes()).slice(-2)).toEqual([
        [20, 1],
        [21, 2],
      ])
    })

    test('go after 7 days, and their minutes stay as they were', async () => {
      const before = await minutes()
      // In the middle of the last minute: what is left of it is no longer what it was.
      await maintainAt(21.5 + 7 * 24 * 60)
      expect(await observations()).toBe(1)
      await maintainAt(22.5 + 7 * 24 * 60)
      expect(await minutes()).toEqual(before)
      await maintainAt(300 + 7 * 24 * 60)
      expect(await observations()).toBe(0)
      await maintainAt(301 + 7 * 24 * 60)
      expect(await minutes()).toEqual(before)
    })

    test('minutes go after a year, and with them who stored nothing since', async () => {
      await database.db.transaction().execute(async (trx) => {
        const claimedAfter = (days: number, writer: string) =>
          claimBatch(trx, { writer, number: 1 }, new Date(start + days * dayMs))
        expect(await claimedAfter(0, randomUUID())).toBe(true)
        expect(await claimedAfter(1, newer)).toBe(true)
      })
      await maintainAt((366 * dayMs) / minuteMs + 10)
      expect((await minutes()).map(([minute]) => minute)).toEqual([20, 21])
      expect(await database.db.selectFrom('observation_writers').select('writer').execute()).toEqual([
        { writer: newer },
      ])
    })

    test('are looked after by one process at a time', async () => {
      await observed(600_000)
      const lock = await database.locks.tryLock('live-tables')
      await maintainAt(600_001)
      expect((await minutes()).map(([minute]) => minute)).not.toContain(600_000)
      if ('release' in lock) await lock.release()
      await maintainAt(600_001)
      expect((await minutes()).map(([minute]) => minute)).toContain(600_000)
    })
  })
})
