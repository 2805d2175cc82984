import { money } from '../shared/format-number.ts'
import { monthSentence } from './cost-projection/month-words.ts'
import type { CycleCosts } from './cycle-report.ts'

/** What a cycle has cost, and where the month is heading. */
export function costSentences(costs: CycleCosts | null): string[] {
  if (costs === null) return []
  const { spentUsd, month, monthUsdSoFar, monthUsdProjected, monthCi95, budgetUsd, models } = costs
  const withoutPrice = models.filter((each) => each.monthUsdSoFar === null).map(({ model }) => model)
  return [
    spentUsd === null ? 'What this cycle cost is unknown.' : `This cycle cost ${money(spentUsd)} at list price.`,
    monthSentence({
      month,
      budgetUsd,
      withoutPrice,
      calls: models.length,
      soFarUsd: monthUsdSoFar,
      projectedUsd: monthUsdProjected,
      interval: monthCi95,
    }),
    ...(withoutPrice.length === 0 ? [] : [`Not counted, as the price is unknown: ${withoutPrice.join(', ')}.`]),
  ]
}
