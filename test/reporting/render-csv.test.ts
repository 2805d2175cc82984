import { expect, test } from 'vitest'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import { outcomeCsvHeader, outcomeCsvLine } from '../../src/reporting/render-csv.ts'
import { failedOutcome, scoredOutcome } from '../support/example-evaluation.ts'

function cells(outcome: Outcome, isOfProvider = false): Record<string, string> {
  const line = outcomeCsvLine({ evaluation: 'e', tier: 1, role: 'challenger', isOfProvider, outcome })
  const values = line.trimEnd().split(',')
  return Object.fromEntries(
    outcomeCsvHeader
      .trimEnd()
      .split(',')
      .map((name, index) => [name, values[index] ?? '']),
  )
}

test('a failure says whose it is, and what was said', () => {
  const failed = {
    ...failedOutcome(),
    status: 'failed' as const,
    failure: { kind: 'overloaded' as const, message: '503' },
  }
  expect(cells(failed, true)).toMatchObject({ failure: 'overloaded', failure_of: 'provider', failure_message: '503' })
  const wrong = { ...failed, failure: { kind: 'malformed' as const, message: 'no JSON' } }
  expect(cells(wrong)).toMatchObject({ failure: 'malformed', failure_of: 'model', failure_message: 'no JSON' })
  expect(cells(scoredOutcome())).toMatchObject({ failure: '', failure_of: '', failure_message: '' })
})

test('figures have at most three decimals, and what is unknown is empty', () => {
  expect(cells({ ...scoredOutcome(), latencyMs: 1.9067969999996421 })).toMatchObject({ latency_ms: '1.907' })
  expect(cells({ ...scoredOutcome(), costUsd: undefined })).toMatchObject({ cost_usd: '' })
})

test('text that a spreadsheet would run as a formula gets an apostrophe', () => {
  expect(
    outcomeCsvLine({ evaluation: '=1+1', tier: 1, role: '', isOfProvider: false, outcome: scoredOutcome() }),
  ).toMatch(/^'=1\+1,/)
})
