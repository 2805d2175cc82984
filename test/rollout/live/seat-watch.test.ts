import { describe, expect, test } from 'vitest'
import type { LiveObservation } from '../../../src/rollout/live/live-observation.ts'
import {
  emptyWatch,
  type SeatWatch,
  type WatchLimits,
  watchAfter,
  watchAlarms,
  watchLimitsOf,
} from '../../../src/rollout/live/seat-watch.ts'
import { mulberry32 } from '../../../src/shared/mulberry32.ts'
import { exampleObservation, exampleRollout, fullState } from '../../support/example-rollout.ts'

const limits = limitsOf()
const { metrics } = limits

function limitsOf(): WatchLimits {
  const found = watchLimitsOf(fullState(), exampleRollout().baseline, 0.1)
  if (found === undefined) throw new Error('a rollout with live evidence has limits')
  return found
}

function watched(observations: readonly Partial<LiveObservation>[], start: SeatWatch = emptyWatch()): SeatWatch {
  return observations.reduce<SeatWatch>((watch, one) => watchAfter(watch, exampleObservation(one), limits), start)
}

/** Requests until an alarm; undefined for none. */
function delay(seed: number, requests: number, failing: (index: number) => number, slow = 0.05): number | undefined {
  const random = mulberry32(seed)
  let watch = emptyWatch()
  for (let index = 0; index < requests; index += 1) {
    const outcome = random() < failing(index) ? 'failed' : 'answered'
    watch = watchAfter(watch, exampleObservation({ outcome, latencyMs: random() < slow ? 2000 : 500 }), limits)
    if (watchAlarms(watch, limits).length > 0) return index + 1
  }
  return undefined
}

describe('the model that took the seat', () => {
  test('is watched per metric, each against its own tolerated rate', () => {
    expect(metrics.error).toMatchObject({ toleratedRate: 0.02, badRate: 0.06 })
    expect(metrics.slow.toleratedRate).toBe(0.1)
    expect(metrics.slow.badRate).toBeCloseTo(0.3)
    expect(watchLimitsOf(fullState({ tolerated: undefined }), undefined, 0.1)).toBeUndefined()
  })

  test('is healthy for 20,000 requests, also where 5 % are above the limit', () => {
    for (const seed of [1, 2, 3]) expect(delay(seed, 20_000, () => 0.01)).toBeUndefined()
  })

  test('is found out after 3,000 good requests: at 5 % failures in some hundred, at 20 % in some dozen', () => {
    const at = (rate: number, seed: number) =>
      (delay(seed, 8000, (index) => (index < 3000 ? 0.01 : rate)) ?? 8000) - 3000
    const seeds = Array.from({ length: 21 }, (_, index) => index + 10)
    const median = (rate: number) => seeds.map((seed) => at(rate, seed)).toSorted((a, b) => a - b)[10] ?? 0
    expect(median(0.05)).toBeGreaterThan(150)
    expect(median(0.05)).toBeLessThan(800)
    expect(median(0.2)).toBeLessThan(90)
  })

  test('alarms for answers that break their schema, and for slowness, by name', () => {
    expect(watchAlarms(watched(Array.from({ length: 12 }, () => ({ invalid: true }))), limits)).toEqual(['invalid'])
    expect(watchAlarms(watched(Array.from({ length: 12 }, () => ({ latencyMs: 5000 }))), limits)).toEqual(['slow'])
  })

  test('is watched on while a next challenger is tried beside it', () => {
    const beside = { stage: 'partial', rolloutId: 'next' } as const
    expect(watched([beside, { ...beside, outcome: 'failed' }]).error).toMatchObject({ n: 2, events: 1 })
  })

  test('is not judged by other models, second attempts, or clients that went away in good time', () => {
    const start = emptyWatch()
    expect(watched([{ arm: 'challenger' }, { arm: 'fallback', attempt: 2 }, { outcome: 'cancelled' }])).toEqual(start)
    expect(watched([{ outcome: 'cancelled', latencyMs: 5000 }]).slow).toMatchObject({ n: 1, events: 1 })
  })

  test('is not watched for speed where no limit is known', () => {
    const without = { metrics, slow: { slowMs: undefined, slowFirstTokenMs: undefined } }
    const { error, slow } = watchAfter(emptyWatch(), exampleObservation({ outcome: 'failed' }), without)
    expect([error.n, slow.n]).toEqual([1, 0])
  })

  test('keeps its sums when they are stored and read again', () => {
    const half = watched([{ outcome: 'failed' }, {}, { invalid: true }])
    const rest = [{ outcome: 'failed' }, { latencyMs: 5000 }] as const
    expect(watched(rest, JSON.parse(JSON.stringify(half)) as SeatWatch)).toEqual(watched(rest, half))
  })
})
