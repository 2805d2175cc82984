import { expect, test } from 'vitest'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { verdictSentence, verdictSentences } from '../../src/reporting/verdict-sentence.ts'
import { exampleEvaluationReport, exampleReport } from './example-report.ts'

const of = (...overrides: Partial<EvaluationReport>[]) =>
  verdictSentence({
    ...exampleReport(),
    evaluations: overrides.map((each, index) => {
      return exampleEvaluationReport({ tier: index + 1, tierName: 'core', challengers: 1, overrides: each })
    }),
  })
const moved = (tier: number) =>
  exampleEvaluationReport({
    tier,
    tierName: 'core',
    challengers: 1,
    overrides: { assignment: { model: 'a', changed: true } },
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

test('a model that has become worse and still holds its seat is news, before everything else', () => {
  const rollback = { status: 'rollback', words: 'It has become worse.' } as const
  expect(of(keep, { drift: rollback })).toBe('gemini-2.0-flash-001 on tier 2 has become worse. Tier 1 keeps its model.')
})

test('many tiers are told as ranges, and of many with news the others are counted', () => {
  const many = Array.from({ length: 9 }, (_, index): Partial<EvaluationReport> => (index === 4 ? {} : keep))
  expect(of(...many)).toMatch(/Tiers 1 to 4 and 6 to 9 keep their model\.$/)
  const moving = { ...exampleReport(), evaluations: [1, 2, 3, 4, 5].map((tier) => moved(tier)) }
  expect(verdictSentences(moving, 2)).toEqual([
    'Tier 1 has moved to a.',
    'Tier 2 has moved to a.',
    '3 more tiers have news.',
  ])
})

test('a vacant seat is said to be vacant', () => {
  expect(of({ incumbent: null })).toBe('Tier 1 has no model yet.')
})
