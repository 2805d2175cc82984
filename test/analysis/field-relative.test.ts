import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import type { EvaluationRecord } from '../../src/analysis/evaluation-records.ts'
import { fieldRelative } from '../../src/analysis/field-relative.ts'

const weights = { accuracy: 0.5, speed: 0.3, cost: 0.2 }

function call(
  model: string,
  accuracy: number | null,
  latencyMs: number | null,
  costUsd: number | null,
): EvaluationRecord {
  return { item: 'i1', model, repeat: 0, ok: accuracy !== null, accuracy, latencyMs, costUsd }
}

function scoresOf(records: EvaluationRecord[], tokens: Record<string, number | null> = {}) {
  return fieldRelative(analyse({ refs: { latencyMs: 2000, costUsd: 0.004 }, records }), tokens, weights)
}

describe("the source's min-max score, which is shown and never decides", () => {
  test('the fastest and the cheapest get 100, the slowest and the dearest 0, those between a share', () => {
    const { basis, scores } = scoresOf([
      call('A', 90, 1000, 0.002),
      call('B', 80, 3000, 0.004),
      call('C', 70, 2000, 0.003),
    ])
    expect(basis).toBe('cost')
    expect(scores).toEqual({ A: 95, B: 40, C: 60 })
  })

  test('it turns round when a third model joins, which is why it does not decide', () => {
    const two = [call('A', 92, 2000, 0.004), call('B', 84, 1500, 0.0036)]
    expect(scoresOf(two).scores).toEqual({ A: 46, B: 92 })
    const { A, B } = scoresOf([...two, call('C', 60, 9000, 0.04)]).scores
    expect(Number(A)).toBeGreaterThan(Number(B))
  })

  test('equal values give 100 to all', () => {
    expect(scoresOf([call('A', 90, 1000, 0), call('B', 80, 1000, 0)]).scores).toEqual({ A: 95, B: 90 })
  })

  test('a model without an answer has no score and does not stretch the scale', () => {
    const two = [call('A', 90, 1000, 0.002), call('B', 80, 3000, 0.004)]
    expect(scoresOf([...two, call('C', null, 10, 0)]).scores).toEqual({ ...scoresOf(two).scores, C: null })
  })

  test('where a cost is unknown tokens stand in for all, and where they are unknown too the term is left out', () => {
    const records = [call('A', 90, 1000, null), call('B', 80, 3000, 0.004)]
    expect(scoresOf(records, { A: 500, B: 400 })).toEqual({ basis: 'tokens', scores: { A: 75, B: 60 } })
    expect(scoresOf(records, { A: 500 })).toEqual({ basis: 'none', scores: { A: 75 / 0.8, B: 50 } })
  })
})
