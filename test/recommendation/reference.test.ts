import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import { blockingReasons, decisions, fieldReasons } from '../../src/recommendation/recommendation.ts'
import { decisionFixture, expectClose, fixtureNames } from '../analysis/decision-fixtures.ts'

describe('analysis and recommendation equal the reference implementation to 1e-9, bootstrap included', () => {
  for (const name of fixtureNames) {
    test(name, () => {
      const { records, expected } = decisionFixture(name)
      expectClose({ analysis: analyse(records), recommendation: recommend(records) }, expected)
    })
  }

  test('every decision, every reason and every state occurs in some fixture', () => {
    const verdicts = fixtureNames.map((name) => decisionFixture(name).expected.recommendation)
    const comparisons = verdicts.flatMap((verdict) => verdict.comparisons)
    const reasons = [
      ...verdicts.flatMap((verdict) => verdict.reasons),
      ...comparisons.flatMap(({ blocked }) => blocked),
    ]
    expect(new Set(verdicts.map(({ decision }) => decision))).toEqual(new Set(decisions))
    expect(new Set(reasons)).toEqual(new Set([...blockingReasons, ...fieldReasons]))
    expect(new Set(comparisons.map(({ state }) => state)).size).toBe(5)
  })

  test('the verdict is plain JSON: nothing is lost when it is stored and read again', () => {
    for (const name of fixtureNames) {
      const verdict = recommend(decisionFixture(name).records)
      expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
    }
  })

  test('the keys of a verdict are in the order in which the reference writes them', () => {
    const { records, expected } = decisionFixture('01-clear-switch')
    const verdict = recommend(records)
    expect(Object.keys(verdict)).toEqual(Object.keys(expected.recommendation))
  })
})

describe('without resamples', () => {
  test('everything but the probabilities of being best is the same', () => {
    for (const name of fixtureNames) {
      const { records, expected } = decisionFixture(name)
      const { decision, comparisons } = recommend({ ...records, config: { ...records.config, bootstrap: 0 } })
      expectClose(
        { decision, comparisons },
        {
          decision: expected.recommendation.decision,
          comparisons: expected.recommendation.comparisons,
        },
      )
    }
  })

  test('they are empty', () => {
    const { records } = decisionFixture('01-clear-switch')
    const { pBest, pBestEligible } = recommend({ ...records, config: { bootstrap: 0 } })
    expect([pBest, pBestEligible]).toEqual([{}, {}])
  })
})
