import { describe, expect, test } from 'vitest'
import { bootstrapMeans, sharesOfBest } from '../../../src/analysis/statistics/cluster-bootstrap.ts'
import { mulberry32 } from '../../../src/shared/mulberry32.ts'
import { guards } from '../decision-fixtures.ts'

describe('cluster bootstrap', () => {
  test('its random numbers are those of the reference, bit by bit', () => {
    const random = mulberry32(guards.mulberry32.seed)
    expect(guards.mulberry32.first8.map(() => random())).toEqual(guards.mulberry32.first8)
  })

  test('resample b takes the draws after those of the resamples before it', () => {
    const random = mulberry32(1)
    const values = [10, 20, 40]
    const draw = () => values[Math.floor(random() * 3)] ?? Number.NaN
    const expected = [0, 1].map(() => (draw() + draw() + draw()) / 3)
    const [means] = bootstrapMeans([Float64Array.from(values)], new Float64Array(3).fill(1), { resamples: 2, seed: 1 })
    expect([...(means ?? [])]).toEqual(expected)
  })

  test('means are per item, so that a large cluster counts for its items', () => {
    const [means] = bootstrapMeans([Float64Array.of(300, 300)], Float64Array.of(3, 3), { resamples: 50, seed: 7 })
    expect(new Set(means)).toEqual(new Set([100]))
  })

  test('models that tie share the resample, within the tolerance', () => {
    const candidates = [Float64Array.of(1, 5, 2), Float64Array.of(1 + 1e-12, 4, 3), Float64Array.of(0, 0, 3)]
    expect(sharesOfBest(candidates, 1e-9)).toEqual([1.5 / 3, 1 / 3, 0.5 / 3])
  })
})
