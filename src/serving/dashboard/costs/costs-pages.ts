import { monthBasis, monthName } from '../../../reporting/cost-projection/month-words.ts'
import { figureList } from '../../../reporting/render-html/figure-list.ts'
import { type Html, html } from '../../../reporting/render-html/html.ts'
import { counted } from '../../../shared/counted.ts'
import { money, roundMoney } from '../../../shared/format-number.ts'
import { type CostsPage, loadCostsPage } from '../../../workflows/pages/costs.ts'
import type { Route } from '../../http/exchange.ts'
import type { PageContext } from '../page-context.ts'
import { sendPage } from '../send-page.ts'
import { calculatorAnswer, calculatorPanel } from './calculator-section.ts'
import { loadCalculator } from './load-calculator.ts'
import { monthTable } from './month-table.ts'
import { weeklyCosts } from './weekly-costs.ts'

/** `/costs`: where the month is heading, what the weeks cost, and what other requests would. */
export function costsPages(context: PageContext): Route[] {
  const { workspace } = context
  return [
    {
      method: 'GET',
      path: '/costs',
      async handle(exchange) {
        const [page, calculator] = [
          await loadCostsPage(workspace),
          await loadCalculator(workspace, exchange.request.url ?? '/'),
        ]
        sendPage(context, exchange, {
          title: 'Cost',
          path: '/costs',
          isSimulated: page.rows.some(({ isSimulated }) => isSimulated),
          body: html`${head(page)}
<div class="beside">${weeklyCosts(page)}${calculatorPanel(workspace.config.tiers, calculator)}</div>
${calculatorAnswer(calculator)}
${monthTable(page)}`,
        })
      },
    },
  ]
}

function head(page: CostsPage): Html {
  return html`<h1>${page.headline}</h1>
<p class="lede">${monthBasis(page.month).join(' ')}</p>
${figureList(figures(page))}`
}

function figures({ month, rows }: CostsPage) {
  const name = monthName(month.month)
  const { spentUsd, projectedUsd, interval, soFarUsd, budgetUsd } = month
  const requests = rows.reduce((sum, row) => sum + row.requests, 0)
  const [tests, copies] = [callsFor('test'), callsFor('shadow')]
  function callsFor(purpose: string): number {
    return rows.reduce((sum, row) => sum + (row.purpose === purpose ? row.calls : 0), 0)
  }
  return [
    {
      label: `${name}, projected`,
      value: projectedUsd === null ? 'unknown' : roundMoney(projectedUsd),
      detail: interval === null ? undefined : `${roundMoney(interval[0])} to ${roundMoney(interval[1])}`,
      context: `${roundMoney(soFarUsd)} so far${budgetUsd === null ? ', no budget is set' : ` of ${roundMoney(budgetUsd)}`}`,
    },
    { label: 'Live requests', value: money(spentUsd.live), context: `${counted(requests, 'request')} in ${name}` },
    { label: 'Tests', value: money(spentUsd.test), context: `${counted(tests, 'call')} of evaluations` },
    {
      label: 'Copies in the shadow',
      value: money(spentUsd.shadow),
      context: copies === 0 ? 'none were made' : counted(copies, 'copy', 'copies'),
    },
  ]
}
