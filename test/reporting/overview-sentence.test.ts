import { expect, test } from 'vitest'
import { overviewSentence, type SeatNews, tierSentence } from '../../src/reporting/overview-sentence.ts'
import type { Stage } from '../../src/rollout/rollout.ts'

function seat(tier: number, stage?: Stage): SeatNews {
  const rollout = stage === undefined ? null : { stage, challenger: 'lite', incumbent: 'flash' }
  return { tier, model: 'flash', rollout, wasEvaluated: true }
}

test('the first sentence says what moves or waits, then who stays', () => {
  expect(overviewSentence([seat(1, 'partial'), seat(2), seat(3)])).toBe(
    'Tier 1 is moving to lite. Tiers 2 and 3 keep their model.',
  )
  expect(overviewSentence([seat(1, 'proposed'), seat(2, 'rolled-back')])).toBe(
    'Tier 1 waits for your word on lite. Tier 2 was rolled back to flash.',
  )
  expect(overviewSentence([seat(1), { ...seat(2), model: null }, { ...seat(3), wasEvaluated: false }])).toBe(
    'Tier 1 keeps its model. Tier 2 has no model yet. Tier 3 was not evaluated yet.',
  )
})

test('before the first evaluation it says so', () => {
  expect(overviewSentence([{ ...seat(1), wasEvaluated: false }])).toBe('Nothing was evaluated yet.')
})

test('a tier on which nothing happens is told by who holds it', () => {
  expect(tierSentence(seat(1))).toBe('flash holds tier 1.')
  expect(tierSentence(seat(1, 'rejected'))).toBe('flash holds tier 1.')
  expect(tierSentence(seat(1, 'shadow'))).toBe('Tier 1 tries lite in the shadow.')
})
