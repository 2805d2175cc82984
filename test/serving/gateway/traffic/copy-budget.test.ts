import { expect, test } from 'vitest'
import type { Model } from '../../../../src/providers/model.ts'
import { createCopyBudget } from '../../../../src/serving/gateway/traffic/copy-budget.ts'
import { settled } from '../../../support/fake-clock.ts'
import { challenger, exampleAttempt, exampleModel, exampleRoute, inShadow } from './examples.ts'

const price = {
  inputUsdPer1k: 1,
  outputUsdPer1k: 2,
  cachedInputUsdPer1k: undefined,
  asOf: '2026-11-01',
  source: 'test',
}
const priced = exampleModel(challenger, { price })

function planWith(dayUsd: number | undefined) {
  const { settings } = inShadow()
  const rollout = inShadow({ settings: { ...settings, shadow: { ...settings.shadow, dayUsd } } })
  return exampleAttempt(exampleRoute({ rollout })).plan
}

test('without a limit every copy is allowed', () => {
  const budget = createCopyBudget({ spentSince: () => Promise.reject(new Error('asked')), now: () => new Date() })
  expect(budget.allows(planWith(undefined), priced)).toBe(true)
})

test('copies stop at the US dollars of a day that all processes have spent, and go on the next day', async () => {
  let now = new Date('2026-11-22T23:00:00Z')
  let spent = 0.99
  const asked: string[] = []
  const budget = createCopyBudget({
    now: () => now,
    async spentSince(_tier, _challenger, since) {
      asked.push(since.toISOString())
      return spent
    },
  })
  const plan = planWith(1)
  const allows = async (model: Model = priced) => {
    budget.allows(plan, model)
    await settled()
    return budget.allows(plan, model)
  }
  expect(budget.allows(plan, priced)).toBe(false)
  await settled()
  expect(budget.allows(plan, priced)).toBe(true)
  spent = 1
  now = new Date('2026-11-22T23:00:10Z')
  expect(await allows()).toBe(false)
  spent = 0
  now = new Date('2026-11-23T00:00:00Z')
  expect(await allows()).toBe(true)
  expect(asked).toEqual(['2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'])
})

test('with a limit, a model without a price gets no copies: nobody could tell what they cost', async () => {
  const budget = createCopyBudget({ spentSince: () => Promise.resolve(0), now: () => new Date() })
  const plan = planWith(1)
  const unpriced = exampleModel(challenger, { providerModelId: 'unpriced' })
  budget.allows(plan, unpriced)
  await settled()
  expect(budget.allows(plan, unpriced)).toBe(false)
})
