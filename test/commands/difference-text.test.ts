import { describe, expect, test } from 'vitest'
import type { ModelAnalysis } from '../../src/analysis/analysis.ts'
import { differenceText } from '../../src/commands/difference-text.ts'
import type { MeasuredComparison } from '../../src/recommendation/recommendation.ts'
import type { ExplainedPair, Explanation } from '../../src/workflows/explanation.ts'

const spread = { samples: 40, mean: 1.5, better: 30, worse: 8, same: 2, quartiles: [0.5, 1.5, 2.5] }

function told(pair: Partial<ExplainedPair>, models: Record<string, ModelAnalysis> = {}): string {
  const roles = Object.keys(models).map((model) => ({ model, role: model === 'rules' ? 'baseline' : 'challenger' }))
  const explanation = { evaluation: { pooled: 0 }, asked: roles, analysis: { models } } as unknown as Explanation
  const whole = { held: 'held', challenger: 'own', comparison: null, spread, ...pair } as unknown as ExplainedPair
  return differenceText(explanation, whole).replaceAll('\u202f', ' ')
}

function model(accuracy: number, total: number, more: object = {}): ModelAnalysis {
  return { accuracy, failed: 0, records: 120, scores: { total, cost: 50 }, ...more } as unknown as ModelAnalysis
}

describe('from samples to a difference', () => {
  const measured = { delta: 1.5, deltaCi95: [0.4, 2.6], clusters: 40, se: 0.55, seUsed: 0.55, shrunkDelta: 1.4 }

  test('counts the samples, and gives the mean with the interval that follows from their scatter', () => {
    const text = told({ comparison: measured as unknown as MeasuredComparison })
    expect(text).toContain('own has the better total on 30, held on 8; 2 are the same.')
    expect(text).toContain('a standard error of 0.6, and the 95 % interval (+0.4 to +2.6).')
  })

  test('says where the interval rests on more than the scatter', () => {
    const comparison = { ...measured, se: 0.3, seUsed: 1.25 } as unknown as MeasuredComparison
    expect(told({ comparison })).toContain(
      'a standard error of 0.3. The standard error is taken as 1.3 points, the least that 40 independent samples allow. That gives the 95 % interval',
    )
  })
})

describe('a seat that was vacant', () => {
  test('went to the better total, or to another for a reason that is said', () => {
    const own = model(90, 71)
    expect(told({}, { own, held: model(90, 70) })).toContain('held came next (total 70.0 against 71.0).')
    expect(told({}, { own, held: model(80, 77) })).toContain(
      'held has the better total (77.0 against 71.0), but its accuracy is 80.0 against 90.0.',
    )
    expect(told({}, { own, held: model(91, 77, { failed: 30 }) })).toContain('but 30 of its 120 calls failed.')
    const unpriced = model(91, 77, { scores: { total: 77, cost: null } })
    expect(told({}, { own, held: unpriced })).toContain('but its cost is unknown and counted 0 in the choice.')
    expect(told({ held: 'rules' }, { own, rules: model(50, 76) })).toContain('rules is the best baseline')
  })
})
