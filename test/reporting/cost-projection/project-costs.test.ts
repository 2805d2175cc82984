import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CostQuestion, ModelProjection } from '../../../src/reporting/cost-projection/cost-projection.ts'
import { projectCosts } from '../../../src/reporting/cost-projection/project-costs.ts'
import { evenly, exampleFacts, exampleQuestion, priceFrom } from './example-question.ts'

const dear = priceFrom({ inputUsdPer1k: 0.001, outputUsdPer1k: 0.002 })
const twiceAsDear = { inputUsdPer1k: 0.0002, outputUsdPer1k: 0.0008 }
const cheap = exampleFacts().prices

function projected(overrides: Partial<CostQuestion>, model = 'flash'): ModelProjection {
  const found = projectCosts(exampleQuestion(overrides)).models.find((one) => one.model === model)
  if (found === undefined) throw new Error(`${model} is not projected.`)
  return found
}

function means({ costUsd }: ModelProjection): Record<string, number | undefined> {
  return {
    per1000: costUsd?.per1000.mean,
    today: costUsd?.today.mean,
    month: costUsd?.month.mean,
    year: costUsd?.year.mean,
  }
}

/** q + q² + …: days of requests that grow by 5 % in a twelfth of 365 days. */
function grown(days: number): number {
  const daily = 1.05 ** (12 / 365)
  return (daily ** days - 1) / (daily - 1)
}

/** A call of 1,000 and 300 tokens costs 0.1 + 0.12 = 0.22 thousandths of a dollar at the cheap price. */
const vectors: { title: string; question: Partial<CostQuestion>; costs: Record<string, number> }[] = [
  {
    title: '5,000 requests a day of 1,000 and 300 tokens',
    question: {},
    costs: { per1000: 0.22, today: 1.1, month: 33, year: 401.5 },
  },
  {
    title: '5 % more every month',
    question: { growthPerMonth: 0.05 },
    costs: { per1000: 0.22, today: 1.1, month: 1.1 * grown(30), year: 1.1 * grown(365) },
  },
  {
    title: 'half as many after a month',
    question: { growthPerMonth: -0.5, requestsPerDay: 1000 },
    costs: { today: 0.22, year: 0.22 * ((0.5 ** 12 - 1) / (0.5 ** (12 / 365) - 1)) },
  },
  {
    title: 'a price that doubles after ten days',
    question: { models: [exampleFacts({ prices: [...cheap, priceFrom(twiceAsDear, '2026-12-02')] })] },
    costs: { per1000: 0.22, today: 1.1, month: 11 + 44, year: 11 + 355 * 2.2 },
  },
  {
    title: 'a price that doubles today',
    question: { models: [exampleFacts({ prices: [...cheap, priceFrom(twiceAsDear, '2026-11-22')] })] },
    costs: { per1000: 0.44, today: 2.2, month: 66, year: 803 },
  },
  {
    title: 'a given number of tokens',
    question: { tokens: { input: 2000, output: 100 } },
    costs: { per1000: 0.24, month: 36 },
  },
  {
    title: 'cached input at its own price',
    question: {
      models: [
        exampleFacts({
          prices: [priceFrom({ inputUsdPer1k: 0.0001, cachedInputUsdPer1k: 0.00002, outputUsdPer1k: 0.0004 })],
          use: evenly(12, { cachedInputTokens: 500 }),
        }),
      ],
    },
    costs: { per1000: 0.05 + 0.01 + 0.12 },
  },
  {
    title: 'electricity of a machine that is busy for 0.9 s a call, at $0.12 an hour',
    question: {
      models: [exampleFacts({ prices: [priceFrom({ inputUsdPer1k: 0, outputUsdPer1k: 0, usdPerHour: 0.12 })] })],
    },
    costs: { per1000: 0.03, today: 0.15, month: 4.5 },
  },
  {
    title: 'requests that are three times as long as the samples',
    question: { models: [exampleFacts({ live: { inputTokens: 3000, outputTokens: 300 } })] },
    costs: { per1000: 0.42 },
  },
]

describe('the cost of', () => {
  for (const { title, question, costs } of vectors) {
    test(title, () => {
      const found = means(projected(question))
      for (const [horizon, usd] of Object.entries(costs)) expect(found[horizon]).toBeCloseTo(usd, 9)
    })
  }
})

describe('what is not known', () => {
  test('a price that is unknown makes no figure, and never 0', () => {
    const models = [exampleFacts({ prices: [priceFrom({ inputUsdPer1k: 0.1 })] })]
    expect(projected({ models, budgetUsdPerMonth: 1 })).toMatchObject({
      status: 'price-unknown',
      costUsd: null,
      budget: null,
    })
  })

  test('a model that was never measured has a figure only where the tokens are given', () => {
    const models = [exampleFacts({ use: [] })]
    expect(projected({ models })).toMatchObject({ status: 'use-unknown', costUsd: null, samples: 0 })
    expect(means(projected({ models, tokens: { input: 1000, output: 300 } })).month).toBeCloseTo(33, 9)
  })

  test('a sample whose tokens the provider did not say is left out', () => {
    const untold = evenly(12, { inputTokens: undefined }).slice(11)
    const models = [exampleFacts({ use: [...evenly(11), ...untold] })]
    expect(projected({ models })).toMatchObject({ status: 'projected', samples: 11 })
  })

  test('a price that becomes known only later makes no figure before', () => {
    const prices = [priceFrom(undefined), priceFrom(twiceAsDear, '2026-12-02')]
    expect(projected({ models: [exampleFacts({ prices })] }).status).toBe('price-unknown')
    const fromToday = [priceFrom(undefined), priceFrom(twiceAsDear, '2026-11-22')]
    expect(projected({ models: [exampleFacts({ prices: fromToday })] }).costUsd?.month.mean).toBeCloseTo(66, 9)
  })
})

describe('the interval', () => {
  const spread = evenly(16).map((use, index) => ({ ...use, inputTokens: 1000 + (index % 2 === 0 ? 100 : -100) }))

  test('is that of the mean over samples, with Student’s t', () => {
    const { costUsd } = projected({ models: [exampleFacts({ use: spread })] })
    // Standard deviation 100 · √(16/15) tokens, so a standard error of 100/√15; t(0.975, 15) = 2.131450.
    const half = 2.13145 * (100 / Math.sqrt(15)) * 0.0000001 * 5000 * 30
    expect(costUsd?.month.interval?.[0]).toBeCloseTo(33 - half, 4)
    expect(costUsd?.month.interval?.[1]).toBeCloseTo(33 + half, 4)
  })

  test('is not given with fewer than ten samples, nor where every request is taken to be alike', () => {
    expect(projected({ models: [exampleFacts({ use: evenly(9) })] }).costUsd?.month.interval).toBeNull()
    expect(projected({ tokens: { input: 1, output: 1 } }).costUsd?.month.interval).toBeNull()
  })

  test('of a difference is that of the samples both answered, and narrower where they rise and fall together', () => {
    const models = [
      exampleFacts({ use: spread }),
      exampleFacts({ model: 'lite', holdsSeat: false, use: spread.slice(0, 12), prices: [dear] }),
    ]
    const lite = projected({ models }, 'lite')
    const width = (interval: [number, number] | null | undefined) => (interval ? interval[1] - interval[0] : Number.NaN)
    expect(lite.monthLessIncumbentUsd?.mean).toBeCloseTo((1.6 - 0.22) * 150, 9)
    expect(width(lite.monthLessIncumbentUsd?.interval)).toBeLessThan(width(lite.costUsd?.month.interval))
  })
})

describe('the budget', () => {
  const spread = evenly(16).map((use, index) => ({ ...use, inputTokens: index % 2 === 0 ? 500 : 1500 }))
  const models = [exampleFacts({ use: spread })]

  test('is kept or broken only where the whole interval says so', () => {
    expect(projected({ models, budgetUsdPerMonth: 40 }).budget?.month).toBe('within')
    expect(projected({ models, budgetUsdPerMonth: 33.1 }).budget?.month).toBe('uncertain')
    expect(projected({ models, budgetUsdPerMonth: 28 }).budget?.month).toBe('over')
  })

  test('is over from the day at whose rate a month costs more', () => {
    // 33.46 dollars for 365/12 days; 5 % a month reach 40 dollars after 3.66 months.
    const grows = projected({ budgetUsdPerMonth: 40, growthPerMonth: 0.05 })
    expect(grows.budget).toEqual({ month: 'within', overFrom: '2027-03-14' })
    expect(projected({ budgetUsdPerMonth: 40 }).budget?.overFrom).toBeNull()
    const dearer = [exampleFacts({ prices: [...cheap, priceFrom(twiceAsDear, '2027-01-01')] })]
    expect(projected({ models: dearer, budgetUsdPerMonth: 60 }).budget?.overFrom).toBe('2027-01-01')
  })
})

describe('live requests', () => {
  const held = exampleFacts({ live: { inputTokens: 2000, outputTokens: 150 } })

  test('set the level of every model, as they do for the holder of the seat', () => {
    const other = exampleFacts({ model: 'other', holdsSeat: false, use: evenly(12, { inputTokens: 1200 }) })
    const { tokens, models } = projectCosts(exampleQuestion({ models: [held, other] }))
    expect(tokens).toBe('live')
    expect(models.map(({ tokensPerRequest }) => tokensPerRequest)).toEqual([
      { input: 2000, output: 150 },
      { input: 2400, output: 150 },
    ])
  })

  test('of a challenger count for itself', () => {
    const live = { inputTokens: 1800, outputTokens: 140 }
    const other = exampleFacts({ model: 'other', holdsSeat: false, live })
    expect(projected({ models: [held, other] }, 'other').tokensPerRequest).toEqual({ input: 1800, output: 140 })
  })

  test('are all there is where nothing was measured on golden samples', () => {
    const models = [{ ...held, use: [] }, exampleFacts({ model: 'other', holdsSeat: false, use: [] })]
    expect(projected({ models }, 'other').tokensPerRequest).toEqual({ input: 2000, output: 150 })
  })
})

test('the holder of the seat comes first, then the cheapest, and what is unknown comes last', () => {
  const models = [
    exampleFacts({ model: 'unknown', holdsSeat: false, prices: [priceFrom(undefined)] }),
    exampleFacts({ model: 'dear', holdsSeat: false, prices: [dear] }),
    exampleFacts({ model: 'cheap', holdsSeat: false }),
    exampleFacts({ model: 'held', prices: [dear] }),
  ]
  expect(projectCosts(exampleQuestion({ models })).models.map(({ model }) => model)).toEqual([
    'held',
    'cheap',
    'dear',
    'unknown',
  ])
})

describe('whatever the question is', () => {
  const use = fc
    .array(fc.record({ input: fc.nat(5000), output: fc.nat(2000) }), { minLength: 1, maxLength: 20 })
    .map((each) =>
      each.map(({ input, output }, index) => ({
        sample: `s${index}`,
        inputTokens: input,
        cachedInputTokens: undefined,
        outputTokens: output,
        machineMs: 0,
      })),
    )
  const question = fc.record({
    use,
    requestsPerDay: fc.integer({ min: 1, max: 1_000_000 }),
    growthPerMonth: fc.double({ min: -0.9, max: 1, noNaN: true }),
    day: fc.integer({ min: -10, max: 400 }),
  })

  test('twice the requests cost twice as much, and the interval holds the mean', () => {
    fc.assert(
      fc.property(question, ({ use: each, requestsPerDay, growthPerMonth, day }) => {
        const from = new Date(Date.parse('2026-11-22') + day * 86_400_000).toISOString().slice(0, 10)
        const models = [exampleFacts({ use: each, prices: [...cheap, priceFrom(twiceAsDear, from)] })]
        const one = projected({ models, requestsPerDay, growthPerMonth })
        const two = projected({ models, requestsPerDay: 2 * requestsPerDay, growthPerMonth })
        const { mean = Number.NaN, interval = null } = one.costUsd?.year ?? {}
        expect(Math.abs((two.costUsd?.year.mean ?? 0) - 2 * mean)).toBeLessThanOrEqual(1e-9 * mean)
        if (interval !== null) expect(interval[0] <= mean && mean <= interval[1]).toBe(true)
        expect(interval?.[0] ?? 0).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 100 },
    )
  })
})
