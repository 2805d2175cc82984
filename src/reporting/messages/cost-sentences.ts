import { estimatedMoney, money, roundMoney } from '../../shared/format-number.ts'
import type { CycleCosts } from '../cycle-report.ts'

/** What a cycle cost, and where the month is heading. */
export function costSentences({ costs }: { costs: CycleCosts | null }): string[] {
  if (costs === null) return []
  const { spentUsd } = costs
  const spent =
    spentUsd === null ? 'What this cycle cost is unknown.' : `This cycle cost ${money(spentUsd)} at list price.`
  return [spent, monthSentence(costs), ...unpricedSentence(costs)]
}

function monthSentence({ month, monthUsdProjected, monthCi95, budgetUsd }: CycleCosts): string {
  const name = monthName(month)
  if (monthUsdProjected === null) return `What ${name} will cost is unknown.`
  const budget = budgetUsd === null ? '' : ` of ${roundMoney(budgetUsd)}`
  return `${name} is heading for ${estimatedMoney(monthUsdProjected, monthCi95)}${budget}.`
}

function unpricedSentence({ models }: CycleCosts): string[] {
  const unpriced = models.filter(({ monthUsdSoFar }) => monthUsdSoFar === null).map(({ model }) => model)
  return unpriced.length === 0 ? [] : [`Not counted, as the price is unknown: ${unpriced.join(', ')}.`]
}

/** `November` */
export function monthName(month: string): string {
  return new Date(`${month}-01`).toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' })
}
