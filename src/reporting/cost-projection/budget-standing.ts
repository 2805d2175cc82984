import type { BudgetStanding, CostQuestion, Estimate, ModelFacts } from './cost-projection.ts'
import { meanOf } from './mean-of.ts'
import { dateOf, daysOfMonth, horizonDays, priceOn, requestsOn } from './requests-over.ts'

/** Where a model stands to the budget of a month; null without one. */
export function budgetStanding(facts: ModelFacts, question: CostQuestion, month: Estimate): BudgetStanding | null {
  const { budgetUsdPerMonth: budget } = question
  if (budget === undefined) return null
  return { month: standingOf(month, budget), overFrom: firstDayOver(facts, question, budget) }
}

function standingOf({ mean, interval }: Estimate, budget: number): BudgetStanding['month'] {
  const [low, high] = interval ?? [mean, mean]
  if (low > budget) return 'over'
  return high <= budget ? 'within' : 'uncertain'
}

function firstDayOver({ prices, use }: ModelFacts, question: CostQuestion, budget: number): string | null {
  const starts = prices.map(({ from }) => from)
  const rates = prices.map(({ costOf }) => meanOf(use.map(costOf)))
  for (let day = 0; day < horizonDays.year; day += 1) {
    const date = dateOf(question.from, day)
    const rate = rates[priceOn(date, starts)] ?? 0
    if (requestsOn(question, day) * rate * daysOfMonth > budget) return date
  }
  return null
}
