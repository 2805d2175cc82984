import { expect, test } from 'vitest'
import { type MonthStanding, monthBasis, monthSentence } from '../../../src/reporting/cost-projection/month-words.ts'

const usual: MonthStanding = {
  month: '2026-11',
  spentUsd: { test: 6, live: 20.4, shadow: 0 },
  calls: 17_080,
  soFarUsd: 26.4,
  projectedUsd: 43,
  interval: [41, 45],
  budgetUsd: 60,
  withoutPrice: [],
}

test.each<[string, Partial<MonthStanding>]>([
  ['November is heading for $43 ($41 to $45) of $60.', {}],
  ['November is heading for $43 ($41 to $45).', { budgetUsd: null }],
  ['November is heading for $43 ($41 to $45), perhaps over its budget of $44.', { budgetUsd: 44 }],
  ['November is heading for $43 ($41 to $45), over its budget of $40.', { budgetUsd: 40 }],
  ['November has cost $26, more than its budget of $20; it is heading for $43 ($41 to $45).', { budgetUsd: 20 }],
  ['November is heading for at least $43 of $60.', { interval: null, withoutPrice: ['qwen3-32b'] }],
  ['What November costs is not known: no call has a known price.', { projectedUsd: null }],
  ['November has cost nothing so far.', { projectedUsd: 0, soFarUsd: 0, interval: null }],
  ['Nothing was spent in November so far.', { projectedUsd: 0, soFarUsd: 0, interval: null, calls: 0 }],
])('%s', (sentence, otherwise) => {
  expect(monthSentence({ ...usual, ...otherwise })).toBe(sentence)
})

test('the basis names what the month consists of, what is free, and what is not counted', () => {
  expect(monthBasis({ ...usual, withoutPrice: ['qwen3-32b'] })).toEqual([
    'So far $26: $20.40 for live requests, $6.00 for tests.',
    'The days to come are taken to be like the last seven.',
    'Not counted, as the price is unknown: qwen3-32b.',
  ])
  expect(monthBasis({ ...usual, soFarUsd: 0, projectedUsd: 0 })).toEqual([
    'Its models run on this machine, and electricity is not configured.',
  ])
})
