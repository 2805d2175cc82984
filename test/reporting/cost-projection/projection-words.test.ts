import { describe, expect, test } from 'vitest'
import type { CostQuestion } from '../../../src/reporting/cost-projection/cost-projection.ts'
import { projectCosts } from '../../../src/reporting/cost-projection/project-costs.ts'
import { basisWords, priceRemedy, projectionSentence } from '../../../src/reporting/cost-projection/projection-words.ts'
import { evenly, exampleFacts, exampleQuestion, priceFrom } from './example-question.ts'

const ask = (overrides: Partial<CostQuestion> = {}) => projectCosts(exampleQuestion(overrides))
const unpriced = exampleFacts({ model: 'unpriced', holdsSeat: false, prices: [priceFrom(undefined)] })
const spread = evenly(16).map((use, index) => ({ ...use, inputTokens: index % 2 === 0 ? 700 : 1300 }))

describe('the sentence', () => {
  test('names the holder of the seat, its month with the interval, the budget, and what is cheaper', () => {
    const models = [
      exampleFacts({ use: spread }),
      exampleFacts({
        model: 'lite',
        holdsSeat: false,
        prices: [priceFrom({ inputUsdPer1k: 0, outputUsdPer1k: 0.0004 })],
      }),
    ]
    expect(projectionSentence(ask({ models, budgetUsdPerMonth: 60 }))).toBe(
      'flash costs $33 ($31 to $35) in the next 30 days with 5,000 requests a day, within the budget of $60 a month. lite would cost $15.00 ($12.01 to $17.99) less.',
    )
  })

  test('says the growth, and the day until which the budget is kept', () => {
    expect(projectionSentence(ask({ budgetUsdPerMonth: 40, growthPerMonth: 0.05 }))).toBe(
      'flash costs $34 in the next 30 days with 5,000 requests a day, growing 5\u202f% a month, within the budget of $40 a month until 2027-03-14.',
    )
  })

  test('says that a difference may be chance', () => {
    const models = [
      exampleFacts({ use: evenly(16) }),
      exampleFacts({ model: 'other', holdsSeat: false, use: spread.map((use) => ({ ...use, outputTokens: 310 })) }),
    ]
    expect(projectionSentence(ask({ models }))).toContain('other would cost more by $0.60, which may be chance')
  })

  test('makes no figure of an unknown price', () => {
    expect(projectionSentence(ask({ models: [{ ...unpriced, holdsSeat: true }] }))).toBe(
      'What unpriced costs is not known: its price is unknown.',
    )
  })

  test('of a vacant seat names the cheapest model', () => {
    expect(projectionSentence(ask({ models: [exampleFacts({ holdsSeat: false }), unpriced] }))).toMatch(
      /^flash, the cheapest for the vacant seat, costs \$33 in/,
    )
    expect(projectionSentence(ask({ models: [] }))).toBe('This tier has no model to project.')
  })
})

test('a figure that is missing has a command that brings it', () => {
  const [, second] = ask({ models: [exampleFacts(), unpriced] }).models
  expect(second && priceRemedy(second, 1)).toMatch(/^npx incumbent models add unpriced --price/)
  const [untried] = ask({ models: [exampleFacts({ use: [] })] }).models
  expect(untried && priceRemedy(untried, 2)).toMatch(/^npx incumbent run --tier 2 --models flash/)
})

test('the basis says whose tokens, which prices, what is on a free plan, and what electricity is taken to cost', () => {
  const local = exampleFacts({
    model: 'local',
    holdsSeat: false,
    prices: [priceFrom({ inputUsdPer1k: 0, outputUsdPer1k: 0, usdPerHour: 0.12, asOf: '2026-10-01' })],
  })
  const words = basisWords(ask({ models: [exampleFacts({ isOnFreePlan: true }), local, unpriced] })).join(' ')
  expect(words).toContain('golden samples (job-analysis@v1 on 2026-11-15).')
  expect(words).toContain('list prices of 2026-10-01 to 2026-11-01.')
  expect(words).toContain('On a free plan, and shown as it would be paid: flash.')
  expect(words).toContain('an estimate: local $0.12 an hour.')
})

test('a price that was given for the projection is told apart from list prices', () => {
  const prices = [...exampleFacts().prices, priceFrom({ inputUsdPer1k: 0.0002, outputUsdPer1k: 0.0008 }, '2027-01-01')]
  const words = basisWords(ask({ models: [exampleFacts({ prices })] }))
  expect(words).toContain('Prices are list prices of 2026-11-01.')
  expect(words).toContain('From 2027-01-01 on flash is taken to cost $0.0002 and $0.0008 per 1,000 tokens in and out.')
})
