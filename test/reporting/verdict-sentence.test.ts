import { expect, test } from 'vitest'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { verdictSentence } from '../../src/reporting/verdict-sentence.ts'
import { exampleEvaluationReport, exampleReport } from './example-report.ts'

const of = (...overrides: Partial<EvaluationReport>[]) =>
  verdictSentence({
    ...exampleReport(),
    evaluations: overrides.map((each, index) => {
      return exampleEvaluationReport({ tier: index + 1, tierName: 'core', challengers: 1, overrides: each })
    }),
  })
const keep: Partial<EvaluationReport> = { refusal: 'below the floor' }

test('a cycle in which nothing moves is one sentence', () => {
  expect(of(keep)).toBe('Tier 1 keeps its model.')
  expect(of(keep, keep)).toBe('Tiers 1 and 2 keep their model.')
  expect(of(keep, keep, keep)).toBe('Tiers 1, 2 and 3 keep their model.')
})

test('who moves is said first, and how', () => {
  const model = 'gemini-2.0-flash-lite-001'
  expect(of(keep, {})).toBe(`Tier 2 starts moving to ${model}. Tier 1 keeps its model.`)
  expect(of({ rolloutPolicy: 'approve' })).toBe(`Tier 1 waits for your word on ${model}.`)
  expect(of({ rolloutPolicy: null })).toBe(`${model} could take tier 1.`)
  expect(of({ assignment: { model, changed: true } })).toBe(`Tier 1 has moved to ${model}.`)
  const rollback = { status: 'rollback', words: 'It has become worse.' } as const
  expect(of({ assignment: { model: 'a', changed: true }, drift: rollback })).toBe('Tier 1 is on a again.')
})

test('a vacant seat is said to be vacant', () => {
  expect(of({ incumbent: null })).toBe('Tier 1 has no model yet.')
})
