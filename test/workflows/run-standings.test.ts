import { describe, expect, test } from 'vitest'
import type { PlannedModel } from '../../src/evaluation/evaluation.ts'
import type { FailureKind, Outcome } from '../../src/evaluation/outcome.ts'
import { evaluationStatus, leftOut, runStandings } from '../../src/workflows/run-standings.ts'
import { failedOutcome, scoredOutcome } from '../support/example-evaluation.ts'

function outcomes(model: string, scored: number, failed: Partial<Record<FailureKind, number>> = {}): Outcome[] {
  const wrong = Object.entries(failed).flatMap(([kind, times]) =>
    Array.from({ length: times }, () => kind as FailureKind),
  )
  return [
    ...Array.from({ length: scored }, (_, index) => scoredOutcome({ model, sampleKey: `s${index}` })),
    ...wrong.map((kind, index) => ({
      ...failedOutcome({ model, sampleKey: `f${index}` }),
      failure: { kind, message: kind },
    })),
  ]
}

function planned(name: string, role: PlannedModel['role'] = 'challenger'): PlannedModel {
  return { name, role, provider: 'gemini', providerKind: 'gemini', repeats: 1 }
}

function standing(scored: number, failed: Partial<Record<FailureKind, number>>) {
  return runStandings([planned('m')], outcomes('m', scored, failed)).get('m')
}

describe('the standing of a run', () => {
  test("up to 5 % of failures for the provider's reason count like wrong answers", () => {
    expect(standing(95, { overloaded: 5 })).toEqual({ status: 'judged' })
    expect(standing(94, { overloaded: 3, 'rate-limited': 3 })).toMatchObject({ status: 'invalid' })
  })

  test('failures of the model itself never make its run invalid, however many they are', () => {
    expect(standing(10, { malformed: 40, timeout: 30, truncated: 10, empty: 5, blocked: 5 })).toEqual({
      status: 'judged',
    })
  })

  test('an invalid run says how many calls failed for which reason', () => {
    const invalid = standing(90, { unreachable: 8, auth: 2 })
    expect(invalid).toMatchObject({ reason: expect.stringMatching(/10 of 100 calls \(10\s%\).*8 unreachable, 2 auth/) })
  })

  test('a model that its provider does not know is gone, even when it answered before', () => {
    expect(standing(50, { 'model-not-found': 1 })).toMatchObject({
      status: 'gone',
      reason: expect.stringContaining('404'),
    })
  })

  test('what is not judged is listed as left out, with what to do', () => {
    const standings = runStandings(
      [planned('a'), planned('b')],
      [...outcomes('a', 9), ...outcomes('b', 0, { auth: 9 })],
    )
    expect(leftOut(standings)).toEqual([{ model: 'b', reason: expect.any(String), remedy: expect.any(String) }])
  })
})

describe('an evaluation', () => {
  const models = [planned('held', 'incumbent'), planned('new'), planned('rules', 'baseline')]
  const evaluation = { incumbent: 'held', models } as Parameters<typeof evaluationStatus>[0]

  function status(...all: Outcome[][]) {
    return evaluationStatus(evaluation, runStandings(models, all.flat()))
  }

  test('is invalid when the run of its incumbent is, because nothing can be held against it', () => {
    expect(status(outcomes('held', 0, { auth: 10 }), outcomes('new', 10), outcomes('rules', 10))).toBe('invalid')
  })

  test('is completed when only a challenger could not be asked', () => {
    expect(status(outcomes('held', 10), outcomes('new', 0, { auth: 10 }), outcomes('rules', 10))).toBe('completed')
  })

  test('is invalid when no language model could be asked, whatever the baselines say', () => {
    const vacant = { ...evaluation, incumbent: undefined }
    const all = [...outcomes('held', 0, { auth: 1 }), ...outcomes('new', 0, { auth: 1 }), ...outcomes('rules', 10)]
    expect(evaluationStatus(vacant, runStandings(models, all))).toBe('invalid')
  })
})
