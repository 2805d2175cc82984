import { budgetStanding } from './budget-standing.ts'
import { costBySample, lacksPrice } from './cost-by-sample.ts'
import type { CostProjection, CostQuestion, Estimate, Horizon, ModelFacts, ModelProjection } from './cost-projection.ts'
import { estimateMean } from './estimate-mean.ts'
import { expectedUse } from './expected-use.ts'
import { meanOf } from './mean-of.ts'
import { horizonDays, priceOn, requestsOver } from './requests-over.ts'

/** What the requests of a tier cost with each of its models. It reads nothing: only the question counts. */
export function projectCosts(question: CostQuestion): CostProjection {
  const { tier, tierName, from, requestsPerDay, growthPerMonth, budgetUsdPerMonth = null } = question
  const { tokens, useOf } = expectedUse(question)
  const models = question.models.map((facts) => ({ ...facts, use: useOf(facts) }))
  const holder = models.find(({ holdsSeat }) => holdsSeat)
  return {
    tier,
    tierName,
    from,
    requestsPerDay,
    growthPerMonth,
    requests: {
      today: requestsOver(question, horizonDays.today),
      month: requestsOver(question, horizonDays.month),
      year: requestsOver(question, horizonDays.year),
    },
    tokens,
    budgetUsdPerMonth,
    models: models.map((facts) => projectModel(facts, holder, question)).toSorted(holderThenCheapest),
  }
}

function projectModel(facts: ModelFacts, holder: ModelFacts | undefined, question: CostQuestion): ModelProjection {
  const { model, holdsSeat, isSimulated, isOnFreePlan, use } = facts
  const input = meanOf(use.map(({ inputTokens }) => inputTokens))
  const output = meanOf(use.map(({ outputTokens }) => outputTokens))
  const costUsd = costsOf(facts, question)
  return {
    model,
    holdsSeat,
    isSimulated,
    isOnFreePlan,
    status: costUsd === null ? (lacksPrice(facts) ? 'price-unknown' : 'use-unknown') : 'projected',
    prices: pricesAhead(facts, question),
    samples: costBySample(facts, question, horizonDays.month)?.size ?? 0,
    tokensPerRequest: input === undefined || output === undefined ? null : { input, output },
    measured: facts.measured ?? null,
    costUsd,
    monthLessIncumbentUsd: holdsSeat || holder === undefined ? null : monthLess(facts, holder, question),
    budget: costUsd === null ? null : budgetStanding(facts, question, costUsd.month),
  }
}

function costsOf(facts: ModelFacts, question: CostQuestion): ModelProjection['costUsd'] {
  const over = (horizon: Horizon) => {
    const costs = costBySample(facts, question, horizonDays[horizon])
    return costs === undefined ? undefined : estimateMean(costs, 0)
  }
  const [today, month, year] = [over('today'), over('month'), over('year')]
  if (today === undefined || month === undefined || year === undefined) return null
  return { per1000: times(today, 1000 / question.requestsPerDay), today, month, year }
}

function times({ mean, interval }: Estimate, factor: number): Estimate {
  return { mean: mean * factor, interval: interval && [interval[0] * factor, interval[1] * factor] }
}

/** The price of the first day, and those that follow. */
function pricesAhead({ prices }: ModelFacts, question: CostQuestion): ModelProjection['prices'] {
  const starts = prices.map(({ from }) => from)
  return prices
    .slice(priceOn(question.from, starts))
    .map(({ from, price }) => ({ from: from === '' ? null : from, price: price ?? null }))
}

/** Sample by sample, as both were asked the same ones. */
function monthLess(facts: ModelFacts, holder: ModelFacts, question: CostQuestion): Estimate | null {
  const others = costBySample(holder, question, horizonDays.month)
  const differences = Array.from(costBySample(facts, question, horizonDays.month) ?? []).flatMap(([sample, cost]) => {
    const other = others?.get(sample)
    return other === undefined ? [] : [[sample, cost - other] as const]
  })
  return differences.length === 0 ? null : estimateMean(new Map(differences))
}

function holderThenCheapest(a: ModelProjection, b: ModelProjection): number {
  const cost = ({ costUsd }: ModelProjection) => costUsd?.month.mean ?? Number.MAX_VALUE
  return Number(b.holdsSeat) - Number(a.holdsSeat) || cost(a) - cost(b) || a.model.localeCompare(b.model)
}
