import { monthName } from '../../../reporting/cost-projection/month-words.ts'
import { type Html, html } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { counted } from '../../../shared/counted.ts'
import { count, largeCount, money, perThousand } from '../../../shared/format-number.ts'
import type { CostRow, CostsPage } from '../../../workflows/pages/costs.ts'
import { modelLink } from '../model-link.ts'

/** What each tier has cost this month: by model, and its evaluations on a line of their own. */
export function monthTable({ rows, month }: CostsPage): Html {
  const name = monthName(month.month)
  const heading = html`<h2 class="small-head">${name} by tier and model</h2>`
  if (rows.length === 0)
    return html`<section class="plain">${heading}<p>There was no call in ${name} yet.</p></section>`
  const tiers = [...Map.groupBy(rows, ({ tier }) => tier).values()]
  const table = tableHtml({
    titles: ['Tier', 'Model', 'Requests', 'Tokens in', 'Tokens out', 'Per 1,000', `${name} so far`],
    rows: tiers.flatMap(tierRows),
    aligns: 'llrrrrr',
  })
  const note =
    'A request counts once however often it was tried; evaluations and copies count each call. Tokens and costs are those that are known, per 1,000 is of these; reasoning is in the tokens out.'
  return html`<section class="plain">${heading}<p class="note">${note}</p>${table}</section>`
}

function tierRows(rows: readonly CostRow[]): (string | Html)[][] {
  const tests = rows.filter(({ purpose }) => purpose === 'test')
  const others = rows.filter(({ purpose }) => purpose !== 'test')
  return [...others.map((row) => cells(nameOf(row), row)), ...(tests.length === 0 ? [] : [testCells(tests)])]
}

function nameOf({ model, isSimulated, purpose }: CostRow): Html {
  const link = modelLink(model, isSimulated)
  return purpose === 'shadow' ? html`Copies for ${link}` : link
}

function testCells(rows: readonly CostRow[]): (string | Html)[] {
  const [first] = rows
  if (first === undefined) return []
  const known = rows.filter(({ costUsd }) => costUsd !== null)
  const unpriced = rows.filter(({ hasPrice }) => !hasPrice).map(({ model }) => model)
  const missing = unpriced.length === 0 ? '' : `, without ${unpriced.join(', ')}: price unknown`
  return cells(html`Evaluations of ${counted(rows.length, 'model')}${missing}`, {
    ...first,
    calls: sumOf(rows.map(({ calls }) => calls)) ?? 0,
    inputTokens: sumOf(rows.map(({ inputTokens }) => inputTokens)),
    outputTokens: sumOf(rows.map(({ outputTokens }) => outputTokens)),
    callsOfUnknownCost: sumOf(rows.map(({ callsOfUnknownCost }) => callsOfUnknownCost)) ?? 0,
    costUsd: known.length === 0 ? null : sumOf(known.map(({ costUsd }) => costUsd)),
    hasPrice: known.length > 0 || unpriced.length === 0,
  })
}

function cells(what: Html, row: CostRow): (string | Html)[] {
  const { tier, tierName, requests, calls, inputTokens, outputTokens, costUsd, hasPrice } = row
  const times = row.purpose === 'live' ? requests : calls
  const where =
    tier === null
      ? 'asked by name'
      : html`<a href="/tiers/${tier}">Tier ${tier}</a>${tierName === null ? '' : ` ${tierName}`}`
  const cost = costUsd === null ? (hasPrice ? 'unknown' : 'price unknown') : money(costUsd)
  return [where, what, count(times), largeCount(inputTokens), largeCount(outputTokens), rateOf(row, times), cost]
}

/** Of live requests all their attempts together; of calls those whose cost is known. */
function rateOf({ purpose, costUsd, callsOfUnknownCost }: CostRow, times: number): string {
  const paid = purpose === 'live' ? times : times - callsOfUnknownCost
  return costUsd === null || paid <= 0 ? '' : perThousand((costUsd / paid) * 1000)
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
