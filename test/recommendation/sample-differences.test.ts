import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recommend } from '../../src/recommendation/recommend.ts'
import { differenceSpread, movedMost, sampleDifferences } from '../../src/recommendation/sample-differences.ts'
import { decisionFixture, fixtureNames } from '../analysis/decision-fixtures.ts'
import { arbitraryRecords } from './arbitrary-records.ts'

describe('the difference of two models, sample by sample', () => {
  test('has the difference of the comparison as its mean, whatever is unknown or of another week', () => {
    for (const name of fixtureNames) {
      const { records } = decisionFixture(name)
      const { incumbent, comparisons } = recommend(records)
      for (const { model, delta, accuracyDelta, commonItems } of comparisons) {
        const all = sampleDifferences(records, incumbent ?? '', model)
        const { mean, samples } = differenceSpread(all)
        expect(samples, name).toBe(commonItems)
        if (delta === undefined) continue
        expect(mean, name).toBeCloseTo(delta, 9)
        expect(
          all.reduce((sum, { pull }) => sum + pull, 0),
          name,
        ).toBeCloseTo(delta, 9)
        const accuracy = all.reduce((sum, { difference }) => sum + difference.accuracy, 0)
        expect(accuracy / samples, name).toBeCloseTo(accuracyDelta, 9)
      }
    }
  })

  test('names those that moved it most first, in either direction', () => {
    fc.assert(
      fc.property(arbitraryRecords(['A', 'B']), fc.integer({ min: 0, max: 20 }), (records, count) => {
        const all = sampleDifferences(records, 'A', 'B')
        const most = movedMost(all, count)
        expect(most).toHaveLength(Math.min(count, all.length))
        const least = Math.min(...most.map(({ pull }) => Math.abs(pull)))
        for (const sample of all) if (!most.includes(sample)) expect(Math.abs(sample.pull)).toBeLessThanOrEqual(least)
      }),
    )
  })

  test('counts on how many samples each of the two is better', () => {
    const { better, worse, same, samples, quartiles } = differenceSpread(
      sampleDifferences(decisionFixture('01-clear-switch').records, 'A', 'B'),
    )
    expect(better + worse + same).toBe(samples)
    expect(better).toBeGreaterThan(worse)
    expect(quartiles?.toSorted((a, b) => a - b)).toEqual(quartiles)
  })

  test('is empty where nothing was asked of both', () => {
    expect(differenceSpread(sampleDifferences(decisionFixture('edge-no-common-items').records, 'A', 'B'))).toEqual({
      samples: 0,
      mean: null,
      better: 0,
      worse: 0,
      same: 0,
      quartiles: null,
    })
  })
})
