import { describe, expect, test } from 'vitest'
import { bootstrapInterval } from '../../../src/analysis/statistics/bootstrap-interval.ts'
import { mean } from '../../../src/analysis/statistics/mean.ts'

const options = { resamples: 2000, seed: 7 }

describe('a bootstrap interval', () => {
  test('of a mean is about ±1.96 standard errors, and the same for the same seed', () => {
    const values = Array.from({ length: 100 }, (_, index) => index / 100)
    const [low = 0, high = 0] = bootstrapInterval(values, mean, options) ?? []
    expect(low).toBeCloseTo(0.495 - 1.96 * 0.0289, 2)
    expect(high).toBeCloseTo(0.495 + 1.96 * 0.0289, 2)
    expect(bootstrapInterval(values, mean, options)).toEqual([low, high])
    expect(bootstrapInterval(values, mean, { ...options, seed: 8 })).not.toEqual([low, high])
  })

  test('has no width where nothing varies, and is unknown where nothing is known', () => {
    expect(bootstrapInterval([3, 3, 3], mean, options)).toEqual([3, 3])
    expect(bootstrapInterval([], mean, options)).toBeUndefined()
    expect(bootstrapInterval([1], () => undefined, options)).toBeUndefined()
  })
})
