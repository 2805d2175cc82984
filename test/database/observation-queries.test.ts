import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { deleteMinutes, liveFigures, rollUpMinutes } from '../../src/database/live-minute-queries.ts'
import {
  countRequests,
  deleteObservations,
  insertObservations,
  recentRequests,
} from '../../src/database/observation-queries.ts'
import { latencyBucket, latencyPercentile } from '../../src/rollout/live/latency-buckets.ts'
import type { LiveObservation } from '../../src/rollout/live/live-observation.ts'
import { challenger, exampleObservation, incumbent } from '../support/example-rollout.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const start = new Date('2026-11-22T01:00:00Z')

function minute(number: number, seconds = 0): Date {
  return new Date(start.getTime() + number * 60_000 + seconds * 1000)
}

function every(count: number, of: (index: number) => Partial<LiveObservation>): LiveObservation[] {
  return Array.from({ length: count }, (_, index) => exampleObservation({ requestId: `r-${index}`, ...of(index) }))
}

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  test('the newest requests of a model are its first attempts, without those that clients cancelled in good time', async () => {
    const { db } = await databases.open()
    await insertObservations(db, [
      ...every(10, () => ({ at: minute(0), outcome: 'failed', latencyMs: 10 })),
      ...every(100, (index) => ({ at: minute(1, index / 100), latencyMs: 100 + index, firstTokenMs: index })),
      ...every(3, () => ({ at: minute(2), outcome: 'failed', failureKind: 'timeout', latencyMs: 9000 })),
      ...every(2, () => ({ at: minute(2), invalid: true, slow: true, latencyMs: 5000 })),
      ...every(5, () => ({ at: minute(2), outcome: 'cancelled', latencyMs: 50 })),
      ...every(1, () => ({ at: minute(2), outcome: 'cancelled', slow: true, latencyMs: 60_000 })),
      ...every(5, () => ({ at: minute(3), attempt: 2, arm: 'fallback', outcome: 'failed' })),
      ...every(5, () => ({ at: minute(3), model: challenger, arm: 'challenger' })),
    ])
    const newest = await recentRequests(db, { tier: 1, model: incumbent, limit: 106 })
    expect(newest).toMatchObject({ n: 106, errors: 3, invalid: 2, slow: 6 })
    expect(newest.p95Ms).toBeGreaterThan(190)
    expect(newest.p95Ms).toBeLessThan(200)
    expect(newest.firstTokenP95Ms).toBeCloseTo(94.05)
    expect(await recentRequests(db, { tier: 1, model: incumbent, limit: 1000 })).toMatchObject({ n: 116, errors: 13 })
    expect(await recentRequests(db, { tier: 1, model: incumbent, since: minute(2), limit: 9 })).toMatchObject({ n: 6 })
    expect(await recentRequests(db, { tier: 2, model: incumbent, limit: 9 })).toEqual({
      n: 0,
      errors: 0,
      invalid: 0,
      slow: 0,
      p95Ms: undefined,
      firstTokenP95Ms: undefined,
    })
  })

  describe('minutes', () => {
    const latencies = Array.from({ length: 400 }, (_, index) => 20 * 1.02 ** index)

    beforeAll(async () => {
      await insertObservations(database.db, [
        ...every(400, (index) => ({ at: minute(index % 4, 30), latencyMs: latencies[index] })),
        ...every(20, () => ({ at: minute(0), outcome: 'failed', latencyMs: 1, costUsd: undefined })),
        ...every(7, () => ({ at: minute(1), outcome: 'cancelled' })),
        ...every(9, () => ({ at: minute(1), arm: 'challenger', stage: 'shadow', model: challenger, latencyMs: 0.5 })),
        ...every(4, () => ({ at: minute(2), attempt: 2, arm: 'fallback', invalid: true })),
        ...every(3, () => ({ at: minute(2), tier: undefined, arm: 'direct' })),
        ...every(11, () => ({ at: minute(9) })),
      ])
      await rollUpMinutes(database.db, minute(0), minute(4))
    })

    const period = { tier: 1, since: minute(0), until: minute(9) }

    test('add up to what was observed', async () => {
      expect(await liveFigures(database.db, period)).toMatchObject([
        { model: incumbent, arm: 'fallback', attempts: 4, invalid: 4 },
        {
          model: incumbent,
          arm: 'incumbent',
          stage: 'none',
          attempts: 427,
          errors: 20,
          cancelled: 7,
          slow: 20,
          ofUnknownCost: 20,
          inputTokens: 427 * 900,
          outputTokens: 427 * 100,
          costUsd: 0.0407,
        },
        {
          model: challenger,
          arm: 'challenger',
          stage: 'shadow',
          attempts: 9,
          latency: { firstBucket: 0, counts: [9] },
        },
      ])
    })

    test('give a percentile over any time, at most 4.5 % off', async () => {
      const [, figures] = await liveFigures(database.db, period)
      for (const share of [0.5, 0.95, 0.99]) {
        const exact = latencies[Math.ceil(share * 400) - 1] ?? 0
        const found = latencyPercentile(figures?.latency ?? { firstBucket: 0, counts: [] }, share) ?? 0
        expect(Math.abs(found / exact - 1)).toBeLessThan(0.045)
      }
    })

    test('have the buckets of the service', async () => {
      const { rows } = await sql<{ first_bucket: number; latency_counts: number[] }>`
        select first_bucket, latency_counts from live_minutes
        where arm = 'incumbent' order by minute`.execute(database.db)
      const counts = new Map<number, number>()
      for (const { first_bucket, latency_counts } of rows) {
        for (const [index, count] of latency_counts.entries()) {
          counts.set(first_bucket + index, (counts.get(first_bucket + index) ?? 0) + count)
        }
      }
      const expected = Map.groupBy(latencies.map(latencyBucket), (bucket) => bucket)
      for (const [bucket, found] of expected) expect(counts.get(bucket)).toBe(found.length)
    })

    test('may be rolled up again, with what came late', async () => {
      const before = await liveFigures(database.db, period)
      await rollUpMinutes(database.db, minute(0), minute(4))
      expect(await liveFigures(database.db, period)).toEqual(before)
      await insertObservations(
        database.db,
        every(5, () => ({ at: minute(3, 59), arm: 'direct', tier: undefined })),
      )
      await rollUpMinutes(database.db, minute(0), minute(4))
      const { rows } = await sql`select n from live_minutes where tier is null order by minute`.execute(database.db)
      expect(rows).toEqual([{ n: 3 }, { n: 5 }])
    })

    test('and newer observations count the requests of a tier: no copies, no further attempts, each once', async () => {
      expect(await countRequests(database.db, 1, minute(0))).toBe(438)
      expect(await countRequests(database.db, 1, minute(5))).toBe(11)
      expect(await countRequests(database.db, 2, minute(0))).toBe(0)
    })

    test('stay when their observations are deleted, a few minutes at once', async () => {
      const before = await liveFigures(database.db, period)
      const deleted: number[] = []
      while (deleted.at(-1) !== 0) deleted.push(await deleteObservations(database.db, minute(9), 2))
      expect(deleted).toEqual([236, 212, 0])
      expect(await liveFigures(database.db, period)).toEqual(before)
      expect(await countRequests(database.db, 1, minute(0))).toBe(438)
      expect(await deleteMinutes(database.db, minute(1))).toBe(1)
    })
  })
})
