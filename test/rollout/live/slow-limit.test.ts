import { describe, expect, test } from 'vitest'
import { baselineOf, isAboveLimit, slowLimitMs } from '../../../src/rollout/live/slow-limit.ts'

const golden = (challenger: number | undefined, incumbent: number | undefined) => ({ challenger, incumbent })

describe('a request is slow above', () => {
  test("the incumbent's own 95th percentile", () => {
    expect(slowLimitMs(900, { sloP95Ms: undefined, goldenP95Ms: golden(500, 800) })).toBe(900)
  })

  test('what the tier allows, where that is more', () => {
    expect(slowLimitMs(900, { sloP95Ms: 8000, goldenP95Ms: golden(undefined, undefined) })).toBe(8000)
  })

  test('the slowdown that the recommendation has accepted', () => {
    expect(slowLimitMs(900, { sloP95Ms: 1000, goldenP95Ms: golden(1600, 800) })).toBe(1800)
    expect(slowLimitMs(900, { sloP95Ms: undefined, goldenP95Ms: golden(1600, 0) })).toBe(900)
  })

  test('nothing while no latency of the incumbent is known', () => {
    expect(slowLimitMs(undefined, { sloP95Ms: 8000, goldenP95Ms: golden(1, 1) })).toBeUndefined()
  })
})

describe('an answer', () => {
  const limits = { slowMs: 900, slowFirstTokenMs: 200 }

  test('is slow when its end or, streamed, its first token is late', () => {
    expect(isAboveLimit({ latencyMs: 900, firstTokenMs: undefined }, limits)).toBe(false)
    expect(isAboveLimit({ latencyMs: 901, firstTokenMs: undefined }, limits)).toBe(true)
    expect(isAboveLimit({ latencyMs: 300, firstTokenMs: 201 }, limits)).toBe(true)
    expect(isAboveLimit({ latencyMs: 300, firstTokenMs: 201 }, { ...limits, slowFirstTokenMs: undefined })).toBe(false)
  })

  test('is neither slow nor quick without a limit or a latency', () => {
    expect(isAboveLimit({ latencyMs: undefined, firstTokenMs: undefined }, limits)).toBeUndefined()
    expect(isAboveLimit({ latencyMs: 300, firstTokenMs: 1 }, { ...limits, slowMs: undefined })).toBeUndefined()
  })
})

test('the baseline has the counts of the incumbent and both limits; what the tier allows is the complete answer', () => {
  const recent = { n: 700, errors: 3, invalid: 2, slow: 30, p95Ms: 900, firstTokenP95Ms: 150 }
  expect(baselineOf(recent, { sloP95Ms: 2000, goldenP95Ms: golden(1600, 800) })).toEqual({
    n: 700,
    errors: 3,
    invalid: 2,
    slowMs: 2000,
    slowFirstTokenMs: 300,
  })
})
