import type { ListSort } from '../../../database/list-order.ts'
import { type RunColumn, runColumns } from '../../../database/model-page-queries.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { count, money, perThousand, score, scoreWithInterval, timeUnit } from '../../../shared/format-number.ts'
import type { ModelPage, RunsPage } from '../../../workflows/pages/model.ts'
import { dayOf } from '../day-of.ts'
import { pager } from '../pager.ts'
import { sortHeads, sortNote } from '../sorted-list.ts'
import { priceCells } from './price-cells.ts'

/** Where it stands on each tier, by its last evaluation there. */
export function standingsTable({ standings }: ModelPage, timeZone: string, now: Date): Html {
  if (standings.length === 0)
    return html`<section class="plain"><h2 class="small-head">By tier</h2><p class="empty-state">No evaluation has tested it yet. Test it now: <code>npx incumbent run</code></p></section>`
  const { unit, figure } = timeUnit(standings.flatMap(({ p50Ms }) => p50Ms ?? []))
  const rows = standings.map((standing) => {
    const { tier, tierName, at, evaluationId, accuracy, accuracyCi95, p50Ms, costUsdPerCall, total, looks, state } =
      standing
    return [
      html`<a href="/tiers/${tier}">Tier ${tier}</a> ${tierName}`,
      state,
      accuracy === null ? 'unknown' : scoreWithInterval(accuracy, accuracyCi95),
      p50Ms === null ? 'unknown' : figure(p50Ms),
      costUsdPerCall === null ? 'price unknown' : perThousand(costUsdPerCall * 1000),
      score(total),
      looks === null ? '' : `${looks.used} of ${looks.most}`,
      html`<a href="/evaluations/${evaluationId}">${dayOf(at, timeZone, now)}</a>`,
    ]
  })
  return html`<section class="plain"><h2 class="small-head">By tier</h2><p class="note">Of the last evaluation of each tier; accuracy and total from 0 to 100, intervals of 95\u202f%.</p>
${tableHtml({ titles: ['Tier', 'State', 'Accuracy', `Median, ${unit}`, 'Per 1,000', 'Total', 'Looks used', 'Last evaluation'], rows, aligns: 'llrrrrrl' })}</section>`
}

export function pricesTable({ priceHistory }: ModelPage, timeZone: string, now: Date): Html {
  if (priceHistory.length === 0) return nothing
  const rows = priceHistory.map((price) => [
    dayOf(price.recordedAt, timeZone, now),
    ...priceCells({ price, hasPrice: true }),
    price.cachedInputUsdPer1k === null ? '' : `$${price.cachedInputUsdPer1k}`,
    dayOf(price.asOf, 'UTC', now),
    price.source,
  ])
  const titles = ['Known since', '$ per 1,000 in', '$ per 1,000 out', 'Cached in', 'Read on', 'Source']
  return html`<section class="plain"><h2 class="small-head">Prices</h2>${tableHtml({ titles, rows, aligns: 'lrrrll' })}</section>`
}

interface RunsShown {
  timeZone: string
  now: Date
  url: string
  sort: ListSort<RunColumn> | undefined
}

/** A page of runs, the newest first or in the order of a column. */
export function runsTable({ items, next }: RunsPage, { timeZone, now, url, sort }: RunsShown): Html {
  if (items.length === 0) return nothing
  const { unit, figure } = timeUnit(items.flatMap(({ p50Ms }) => p50Ms ?? []))
  const rows = items.map((run) => {
    const { startedAt, evaluationId, tier, dataset, accuracy, accuracyCi95, p50Ms, costUsd, calls, failed } = run
    return [
      html`<a href="/evaluations/${evaluationId}">${dayOf(startedAt, timeZone, now)}</a>`,
      `tier ${tier}`,
      dataset,
      kindOf(run),
      accuracy === null ? '' : scoreWithInterval(accuracy, accuracyCi95),
      p50Ms === null ? '' : figure(p50Ms),
      calls === null ? '' : `${count(calls)}${failed === null || failed === 0 ? '' : `, ${count(failed)} failed`}`,
      calls === null ? '' : money(costUsd),
    ]
  })
  const titles = ['Evaluation', 'Tier', 'Data', 'Result', 'Accuracy', `Median, ${unit}`, 'Calls', 'Cost']
  const aligns = 'llllrrrr'
  const list = { url, anchor: '#runs', sort, own, next }
  const table = tableHtml({ titles, rows, aligns, ...sortHeads(list, runColumns, aligns) })
  return html`<section class="plain" id="runs"><h2 class="small-head">Runs</h2>${sortNote(list, runColumns, titles)}${table}${pager(url, next, '#runs')}</section>`
}

const own = { sort: { column: 'evaluated', isDescending: true }, words: 'Newest first' } as const

function kindOf({ role, status, applies, confirms }: RunsPage['items'][number]): string {
  const kind = confirms ? ', confirms a switch' : applies ? '' : ', a trial'
  return `${role ?? 'model'}, ${status}${kind}`
}
