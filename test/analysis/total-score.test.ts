import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import type { EvaluationRecords } from '../../src/analysis/evaluation-records.ts'
import { parseEvaluationRecords } from '../../src/analysis/parse-evaluation-records.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import { decisionFixture, expectClose, fixtureNames } from './decision-fixtures.ts'

const weightedSum = '0.5 * accuracy + 0.3 * speed + 0.2 * cost'

function withFormula(records: EvaluationRecords, formula: string | null): EvaluationRecords {
  return { ...records, config: { ...records.config, formula } }
}

/** Two models on 40 samples: one right and slow, one often wrong and fast. */
function slowAndFast(formula: string | null): EvaluationRecords {
  const records = Array.from({ length: 40 }, (_, index) => [
    { item: `i${index}`, model: 'fast', repeat: 0, ok: true, accuracy: index % 4 === 0 ? 0 : 100 },
    { item: `i${index}`, model: 'slow', repeat: 0, ok: true, accuracy: 100 },
  ]).flat()
  const timed = records.map((record) => ({
    ...record,
    latencyMs: record.model === 'fast' ? 500 : 8000,
    costUsd: 0.004,
  }))
  const refs = { latencyMs: 2000, costUsd: 0.004 }
  return withFormula({ incumbent: 'slow', refs, records: timed }, formula)
}

describe("a tier's own formula", () => {
  test.each(fixtureNames.filter((name) => decisionFixture(name).records.config?.weights === undefined))(
    'that says what the default weights say changes no verdict: %s',
    (name) => {
      const { records } = decisionFixture(name)
      const plain = analyse(records)
      const own = withFormula(records, weightedSum)
      expectClose(recommend(own), recommend(records))
      for (const [model, { scores }] of Object.entries(analyse(own).models)) {
        if (scores.cost !== null) expect(scores.total).toBeCloseTo(plain.models[model]?.scores.total ?? -1, 9)
      }
    },
  )

  test('decides totals, differences, probabilities and who is best', () => {
    expect(analyse(slowAndFast(null)).models.fast?.scores.total).toBeCloseTo(0.5 * 75 + 0.3 * 100 + 0.2 * 50, 9)
    const own = slowAndFast('accuracy >= 80 ? accuracy : 0')
    expect(analyse(own).models).toMatchObject({ fast: { scores: { total: 75 } }, slow: { scores: { total: 100 } } })
    const recommendation = recommend(own)
    expect(recommendation.comparisons[0]?.delta).toBeCloseTo(-25, 9)
    expect(recommendation.pBest.slow).toBeGreaterThan(0.99)
    expect(recommend({ ...own, incumbent: null }).target).toBe('slow')
  })

  test('is reckoned per sample and then averaged, so that a bad sample is not hidden by a good one', () => {
    const harsh = analyse(slowAndFast('accuracy ^ 2 / 100 * (speed + 100) / 200'))
    expect(harsh.models.fast?.scores.total).toBeCloseTo(0.75 * 100, 9)
  })

  test('counts an unknown cost as 0, for show only', () => {
    const unknown = slowAndFast('min(accuracy, cost)')
    const records = unknown.records.map((record) => ({ ...record, costUsd: null }))
    expect(analyse({ ...unknown, records }).models.slow?.scores).toMatchObject({ cost: null, total: 0 })
  })

  test('in the records of another tool is checked like every other setting', () => {
    const refs = { latencyMs: 2000, costUsd: 0.004 }
    const json = { refs, records: [], config: { formula: '0.5 * acuracy' } }
    expect(() => parseEvaluationRecords(json, 'records.json')).toThrow(
      /config\.formula: expected one of accuracy, speed, cost .*, got the unknown name "acuracy" at character 7; did you mean "accuracy"\?/,
    )
  })
})
