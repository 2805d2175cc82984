import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addLatencies,
  type LatencyCounts,
  latencyBucket,
  latencyPercentile,
} from '../../../src/rollout/live/latency-buckets.ts'

const latency = fc.double({ min: 1.01, max: 600_000, noNaN: true })

function countsOf(latencies: readonly number[]): LatencyCounts {
  return addLatencies(latencies.map((ms) => ({ firstBucket: latencyBucket(ms), counts: [1] })))
}

describe('latency buckets', () => {
  test('hold what is above the end of the one before and at most their own end', () => {
    fc.assert(
      fc.property(latency, (ms) => {
        const bucket = latencyBucket(ms)
        expect(2 ** ((bucket - 1) / 8)).toBeLessThanOrEqual(ms * (1 + 1e-12))
        expect(2 ** (bucket / 8)).toBeGreaterThanOrEqual(ms * (1 - 1e-12))
      }),
    )
    expect([0, 0.2, 1].map(latencyBucket)).toEqual([0, 0, 0])
  })

  test('give every percentile within 4.5 %', () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1 }), fc.constantFrom(0.5, 0.95, 0.99), (latencies, share) => {
        const sorted = latencies.toSorted((a, b) => a - b)
        const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0
        const found = latencyPercentile(countsOf(latencies), share) ?? 0
        expect(Math.abs(found / exact - 1)).toBeLessThan(0.045)
      }),
    )
  })

  test('add up: many minutes give the percentile of all their requests', () => {
    fc.assert(
      fc.property(fc.array(fc.array(latency), { maxLength: 6 }), (minutes) => {
        expect(addLatencies(minutes.map(countsOf))).toEqual(countsOf(minutes.flat()))
      }),
    )
  })

  test('without an answer have no percentile', () => {
    expect(latencyPercentile({ firstBucket: 0, counts: [] }, 0.95)).toBeUndefined()
  })
})
