import { type WeeklyCosts, weeklyCostChart } from '../../../reporting/charts/weekly-cost-chart.ts'
import { daysOfMonth } from '../../../reporting/cost-projection/requests-over.ts'
import { chartFigure } from '../../../reporting/render-html/chart-figure.ts'
import { type Html, html } from '../../../reporting/render-html/html.ts'
import { money, roundMoney } from '../../../shared/format-number.ts'
import type { CostsPage } from '../../../workflows/pages/costs.ts'
import { drawnOnce } from '../drawn-once.ts'

/** The weeks by model, against what the budget of a month leaves for one. */
export function weeklyCosts(page: CostsPage): Html {
  const data = chartData(page)
  const wide = drawnOnce(weeklyCostChart, data)
  if (wide === undefined || page.weeks.every(({ models }) => models.every(({ costUsd }) => costUsd === 0))) {
    return html`<div><h2 class="small-head">Week by week</h2><p class="empty-state">Nothing was spent in the last weeks: no evaluation and no live request had a price. The first evaluation fills this: <code>npx incumbent run</code></p></div>`
  }
  return chartFigure({
    title: wide.finding,
    level: 2,
    note: noteOf(page),
    wide,
    phone: drawnOnce(weeklyCostChart, data, 'phone'),
  })
}

function chartData({ weeks, models, month }: CostsPage): WeeklyCosts {
  const shown = models.filter(({ model }) =>
    weeks.some((week) => week.models.some((each) => each.model === model && each.costUsd !== 0)),
  )
  return {
    models: shown,
    weeks: weeks.map(({ week, models: costs }) => ({
      startsAt: new Date(`${week}T00:00:00Z`),
      costUsd: Object.fromEntries(costs.map(({ model, costUsd }) => [model, costUsd ?? 0])),
      unpricedCalls: costs.reduce(
        (sum, { model, callsOfUnknownCost }) => sum + (month.withoutPrice.includes(model) ? callsOfUnknownCost : 0),
        0,
      ),
    })),
    budgetUsd: month.budgetUsd === null ? null : (month.budgetUsd * 7) / daysOfMonth,
    timeZone: 'UTC',
  }
}

function noteOf({ month: { budgetUsd } }: CostsPage): string {
  const budget =
    budgetUsd === null
      ? ''
      : ` The line is a week’s part of ${roundMoney(budgetUsd)} a month: ${money((budgetUsd * 7) / daysOfMonth)}.`
  return `Tests, live requests and copies together, by model, at list price. Weeks begin on Monday in UTC; the last one goes on.${budget}`
}
