import { describe, expect, test } from 'vitest'
import type { EvaluationRecord, EvaluationRecords } from '../../src/analysis/evaluation-records.ts'
import { beatsBaselines } from '../../src/recommendation/beats-baselines.ts'

function answers(model: string, accuracies: number[], more: Partial<EvaluationRecord> = {}): EvaluationRecord[] {
  return accuracies.map((accuracy, index) => ({
    item: `i${index}`,
    model,
    repeat: 0,
    ok: true,
    accuracy,
    latencyMs: 1000,
    costUsd: 0.001,
    ...more,
  }))
}

const constant = (accuracy: number, items: number) => Array.from({ length: items }, () => accuracy)
const document = (...records: EvaluationRecord[][]): EvaluationRecords => ({
  refs: { latencyMs: 2000, costUsd: 0.004 },
  records: records.flat(),
})

describe('whether a model is above the floor', () => {
  test('a clear lead over the best baseline is above, with difference and interval', () => {
    const records = document(
      answers('A', constant(90, 40)),
      answers('basic', constant(40, 40)),
      answers('thorough', constant(60, 40)),
    )
    const check = beatsBaselines(records, 'A', ['basic', 'thorough'])
    expect(check).toMatchObject({ status: 'above', baseline: 'thorough', difference: 30 })
    // By hand: 40 differences of 30 and the pseudo-items −100 and +100.
    const mean = 1200 / 42
    const variance = (40 * (30 - mean) ** 2 + (100 - mean) ** 2 + (100 + mean) ** 2) / 41
    const half = 1.6828780023 * Math.sqrt(variance / 42)
    expect(check.status === 'above' ? check.interval90[0] : 0).toBeCloseTo(mean - half, 6)
    expect(check.status === 'above' ? check.interval90[1] : 0).toBeCloseTo(mean + half, 6)
  })

  test('ten samples do not show a lead of 20 points, a hundred show one of 5', () => {
    const few = document(answers('A', constant(80, 10)), answers('basic', constant(60, 10)))
    const many = document(answers('A', constant(65, 100)), answers('basic', constant(60, 100)))
    expect(beatsBaselines(few, 'A', ['basic']).status).toBe('not-shown')
    expect(beatsBaselines(many, 'A', ['basic']).status).toBe('above')
  })

  test('a model below the floor is not shown to be above it', () => {
    const records = document(answers('A', constant(30, 100)), answers('basic', constant(60, 100)))
    expect(beatsBaselines(records, 'A', ['basic'])).toMatchObject({ status: 'not-shown', difference: -30 })
  })

  test('variants of one sample count once', () => {
    const clustered = { cluster: 'one posting' }
    const spread = document(answers('A', constant(80, 60)), answers('basic', constant(60, 60)))
    const variants = document(answers('A', constant(80, 60), clustered), answers('basic', constant(60, 60), clustered))
    expect(beatsBaselines(spread, 'A', ['basic']).status).toBe('above')
    expect(beatsBaselines(variants, 'A', ['basic'])).toEqual({
      status: 'not-shown',
      baseline: 'basic',
      difference: 20,
      interval90: null,
    })
  })

  test('without a sample in common nothing is shown', () => {
    const records = document(answers('A', constant(80, 20)), answers('basic', constant(60, 20), { item: 'another' }))
    expect(beatsBaselines(records, 'A', ['basic'])).toMatchObject({
      status: 'not-shown',
      difference: null,
      interval90: null,
    })
  })

  test('without a baseline in the records there is no floor', () => {
    expect(beatsBaselines(document(answers('A', constant(80, 20))), 'A', ['basic'])).toEqual({ status: 'no-baseline' })
    expect(beatsBaselines(document(answers('A', constant(80, 20))), 'A', [])).toEqual({ status: 'no-baseline' })
  })
})
