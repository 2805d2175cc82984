import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recommend } from '../../src/recommendation/recommend.ts'
import { isMeasured } from '../../src/recommendation/recommendation.ts'
import { samplesNeeded } from '../../src/recommendation/samples-needed.ts'
import { decisionFixture, fixtureNames } from '../analysis/decision-fixtures.ts'

const hundred = { clusters: 100, clustersEffective: 100, se: 1.44, alphaLook: 0.025, deltaLowerSwitch: -1 }

describe('how many samples it takes to see the observed gain', () => {
  test('grows with the square of what is missing: half the gain needs about four times the samples', () => {
    expect(samplesNeeded({ ...hundred, delta: 4.1 })).toEqual({ status: 'enough' })
    const half = samplesNeeded({ ...hundred, delta: 2.05 })
    expect(half.status).toBe('more')
    if (half.status !== 'more') return
    expect(half.samples).toBeGreaterThan(385)
    expect(half.samples).toBeLessThan(400)
    expect(half.more).toBe(half.samples - 100)
  })

  test('is enough exactly where the gain is shown, or reaches what the samples can detect', () => {
    for (const name of fixtureNames) {
      for (const comparison of recommend(decisionFixture(name).records).comparisons.filter(isMeasured)) {
        if (comparison.delta <= 0) continue
        const isSeen = comparison.deltaLowerSwitch > 0 || comparison.mdeTotal80 <= comparison.delta
        expect(samplesNeeded(comparison).status === 'enough', name).toBe(isSeen)
      }
    }
  })

  test('is none for a gain that was shown by luck with fewer than it usually takes', () => {
    expect(samplesNeeded({ ...hundred, delta: 3, deltaLowerSwitch: 0.1 })).toEqual({ status: 'enough' })
    expect(samplesNeeded({ ...hundred, delta: 3, deltaLowerSwitch: -0.1 }).status).toBe('more')
  })

  test('is not told where there is no gain, and has an end', () => {
    expect(samplesNeeded({ ...hundred, delta: 0 })).toEqual({ status: 'no-gain' })
    expect(samplesNeeded({ ...hundred, delta: -3 })).toEqual({ status: 'no-gain' })
    expect(samplesNeeded({ ...hundred, delta: 0.001 })).toEqual({ status: 'out-of-reach' })
  })

  test('never falls when the gain is smaller or the level stricter', () => {
    const number = (needed: ReturnType<typeof samplesNeeded>) =>
      needed.status === 'more' ? needed.samples : needed.status === 'enough' ? 0 : Number.POSITIVE_INFINITY
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (delta, se) => {
          const needed = number(samplesNeeded({ ...hundred, se, delta }))
          expect(number(samplesNeeded({ ...hundred, se, delta: delta / 2 }))).toBeGreaterThanOrEqual(needed)
          expect(number(samplesNeeded({ ...hundred, se, delta, alphaLook: 0.005 }))).toBeGreaterThanOrEqual(needed)
        },
      ),
    )
  })
})
