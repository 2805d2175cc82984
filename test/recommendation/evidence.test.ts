import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import { recommendWithEvidence } from '../../src/recommendation/evidence.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import { termNames } from '../../src/recommendation/weights-that-flip.ts'
import { decisionFixture, fixtureNames } from '../analysis/decision-fixtures.ts'
import { arbitraryRecords } from './arbitrary-records.ts'

describe('what the evidence can show', () => {
  test.each(fixtureNames)('is added to the verdict and changes nothing of it: %s', (name) => {
    const { records } = decisionFixture(name)
    const { evidence, ...verdict } = recommendWithEvidence(records)
    expect(verdict).toEqual(recommend(records))
    const { weights } = { ...defaultSettings, ...records.config }
    for (const { model, delta } of verdict.comparisons) {
      if (delta === undefined) continue
      const terms = evidence.termDifferences[model] ?? { accuracy: 0, speed: 0, cost: 0 }
      const sum = termNames.reduce((total, term) => total + weights[term] * terms[term], 0)
      expect(sum).toBeCloseTo(delta, 9)
    }
  })

  test('names as leader the model with the highest difference', () => {
    fc.assert(
      fc.property(arbitraryRecords(['A', 'B', 'C']), (records) => {
        const { evidence, comparisons } = recommendWithEvidence(records)
        if (evidence.weightsThatFlip === null) return
        const { leader } = evidence.weightsThatFlip
        const best = Math.max(0, ...comparisons.map(({ delta = 0 }) => delta))
        const own = leader === 'A' ? 0 : (comparisons.find(({ model }) => model === leader)?.delta ?? Number.NaN)
        expect(own).toBeCloseTo(best, 6)
      }),
    )
  })

  test('never beats a model on the Pareto front that wins by some weights, also where models ran in different weeks', () => {
    fc.assert(
      fc.property(arbitraryRecords(['A', 'B', 'C']), fc.boolean(), (document, isLate) => {
        const weeks = document.records.map((record) => ({ ...record, week: record.repeat }))
        const records = weeks.filter(({ model, week }) => !(isLate && model === 'B' && week === 0))
        const { evidence } = recommendWithEvidence({ ...document, records })
        if (evidence.weightsThatFlip === null) return
        const { leader, flips } = evidence.weightsThatFlip
        const beaten = evidence.paretoFront.filter(({ status }) => status === 'beaten').map(({ model }) => model)
        for (const winner of [leader, ...flips.map((flip) => flip.winner)]) expect(beaten).not.toContain(winner)
      }),
    )
  })

  test('places models by accuracy and speed where no cost is known at all', () => {
    const { evidence } = recommendWithEvidence(decisionFixture('edge-cost-unknown-for-both').records)
    expect(evidence.paretoFront.map(({ status }) => status)).not.toContain('unknown')
  })

  test('has no weights to flip with a formula, without an incumbent or without a challenger', () => {
    const { records } = decisionFixture('01-clear-switch')
    const flipsOf = (changes: object) => recommendWithEvidence({ ...records, ...changes }).evidence.weightsThatFlip
    expect(flipsOf({})).not.toBeNull()
    expect(flipsOf({ config: { formula: 'accuracy' } })).toBeNull()
    expect(flipsOf({ incumbent: null })).toBeNull()
    expect(flipsOf({ records: records.records.filter(({ model }) => model === 'A') })).toBeNull()
  })

  test('is plain data, as it is stored', () => {
    const { evidence } = recommendWithEvidence(decisionFixture('16-weeks').records)
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence)
  })
})
