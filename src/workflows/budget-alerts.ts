import { listAlerts, type NewAlert, openAlert, resolveAlert } from '../database/alert-queries.ts'
import { monthName } from '../reporting/cost-projection/month-words.ts'
import type { CycleCosts } from '../reporting/cycle-report.ts'
import { estimatedMoney, roundMoney } from '../shared/format-number.ts'
import type { Workspace } from './workspace.ts'

/** From this share of the budget on people are told, while something can be done. */
const nearShare = 0.8

/** Tells people, once a month, that it is heading over its budget or close to it; the alerts of earlier months are over. */
export async function tellOfBudget({ database: { db } }: Workspace, costs: CycleCosts, now: Date): Promise<void> {
  const alert = budgetAlert(costs, now)
  if (alert !== undefined) await openAlert(db, alert)
  for (const { kind, key } of await listAlerts(db, 1000, { openOnly: true })) {
    if (kind !== 'budget' || key === undefined || key.endsWith(costs.month)) continue
    await resolveAlert(db, key, { at: now, message: 'The month is over.' })
  }
}

/** Undefined where the month stays well within its budget, there is none, or nothing is known. */
export function budgetAlert(costs: CycleCosts, raisedAt: Date): NewAlert | undefined {
  const { budgetUsd, monthUsdProjected, monthUsdSoFar, monthCi95, month } = costs
  if (budgetUsd === null || monthUsdProjected === null || monthUsdProjected < nearShare * budgetUsd) return undefined
  const isOver = monthUsdProjected > budgetUsd
  const name = monthName(month)
  const heading = `${name} is heading for ${estimatedMoney(monthUsdProjected, monthCi95)}`
  const [dearest] = costs.models
  return {
    kind: 'budget',
    key: isOver ? `budget:month:${month}` : `budget:month-80:${month}`,
    severity: 'warning',
    subject: `${isOver ? 'Over' : 'Close to'} the budget: ${name} is heading for ${roundMoney(monthUsdProjected)} of ${roundMoney(budgetUsd)}`,
    message: [
      `${heading} of the ${roundMoney(budgetUsd)} of budget.monthUsd, if its days to come are like the last seven; ${roundMoney(monthUsdSoFar)} are spent.`,
      ...(dearest === undefined ? [] : [`Most of it goes to ${dearest.model}.`]),
      isOver
        ? 'Live requests go on; an evaluation that would pass the budget is refused. Raise budget.monthUsd, or give a tier to a cheaper model: npx incumbent cost'
        : 'Nothing is stopped. What each model costs: npx incumbent cost',
    ].join(' '),
    tier: undefined,
    model: undefined,
    evaluationId: undefined,
    raisedAt,
  }
}
