import { type EvaluationColumn, evaluationColumns } from '../../../database/evaluation-page-queries.ts'
import type { ListSort } from '../../../database/list-order.ts'
import { modelName, verdictBadge } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { withCommands } from '../../../reporting/render-html/with-commands.ts'
import { verdictWord } from '../../../reporting/verdict-word.ts'
import { dayAndMonth, timeOfDay, yearIn } from '../../../shared/format-date.ts'
import { confidence, count, money, rate, signed, signedInterval } from '../../../shared/format-number.ts'
import type { EvaluationItem, EvaluationsPage } from '../../../workflows/pages/evaluations.ts'
import { pager, withQuery } from '../pager.ts'
import { sortHeads, sortNote } from '../sorted-list.ts'
import { withWholeNames } from '../whole-names.ts'

interface Shown {
  url: string
  timeZone: string
  now: Date
  tiers: readonly { id: number; name: string }[]
  /** The only tier that is shown. */
  tier: number | undefined
  sort: ListSort<EvaluationColumn> | undefined
}

/** All evaluations, the newest first or in the order of a column. */
export function evaluationList({ items, next }: EvaluationsPage, shown: Shown): Html {
  const [newest] = items
  if (newest === undefined) return emptyList(shown)
  const list = { url: shown.url, sort: shown.sort, own, next }
  const rows = items.map((item) => cells(item, shown))
  return html`<h1>${withWholeNames(shown.sort === undefined ? headline(newest) : sortedHeadline(shown))}</h1>
${tierLinks(shown)}
${sortNote(list, evaluationColumns, titles)}
${tableHtml({ titles, rows, aligns, ...sortHeads(list, evaluationColumns, aligns) })}
${pager(shown.url, next)}`
}

function emptyList(shown: Shown): Html {
  return html`<h1>${shown.tier === undefined ? 'Nothing' : `Nothing of tier ${shown.tier}`} was evaluated yet.</h1>
${tierLinks(shown)}
<div class="empty-state"><p>Each tier is evaluated on its schedule; a first evaluation of ten samples shows within minutes how its models do.</p><p>${withCommands('npx incumbent run --limit 10')}</p></div>`
}

function headline({ tier, status, verdict, incumbent }: EvaluationItem): string {
  if (status === 'running') return `Tier ${tier} is being evaluated.`
  if (status === 'interrupted') return `The evaluation of tier ${tier} was interrupted.`
  if (verdict === null) return `The evaluation of tier ${tier} has no verdict yet.`
  const holder = incumbent ?? 'no model'
  const words = verdictOf(verdict)
  if (words === 'Switch') return `The newest evaluation found a better model for tier ${tier}: ${verdict.target}.`
  if (words === 'Keep') return `The newest evaluation keeps ${holder} on tier ${tier}.`
  return `The newest evaluation leaves ${holder} on tier ${tier}: too little speaks for another.`
}

/** The first line is not the newest then. */
function sortedHeadline({ tier }: Shown): string {
  return tier === undefined ? 'Evaluations of all tiers.' : `Evaluations of tier ${tier}.`
}

function verdictOf({ decision, changedSeat, refusal }: NonNullable<EvaluationItem['verdict']>): string {
  return verdictWord({ recommendation: { decision }, assignment: { changed: changedSeat }, refusal })
}

function tierLinks({ url, tiers, tier }: Shown): Html {
  const link = (words: string, id: number | undefined) => {
    const isHere = tier === id
    const place = withQuery(url, { tier: id === undefined ? undefined : String(id), cursor: undefined })
    return html`<li><a href="${place}"${isHere ? trusted(' aria-current="true"') : nothing}>${words}</a></li>`
  }
  const each = tiers.map(({ id, name }) => link(`Tier ${id} ${name}`, id))
  return html`<nav aria-label="Tiers" class="chips"><ul>${link('All tiers', undefined)}${each}</ul></nav>`
}

const titles = [
  'Evaluated',
  'Tier',
  'Incumbent',
  'Verdict',
  'Sure',
  'Challenger',
  'Difference',
  'Calls',
  'Failed',
  'Cost',
]
const aligns = 'llllrlrrrr'
const own = { sort: { column: 'evaluated', isDescending: true }, words: 'Newest first' } as const

function cells(item: EvaluationItem, { timeZone, now }: Shown): (string | Html)[] {
  const started = new Date(item.startedAt)
  const when = `${dayAndMonth(started, timeZone, yearIn(now, timeZone))} ${timeOfDay(started, timeZone)}`
  const { verdict, calls, failed } = item
  const named = (name: string | null) => (name === null ? '' : modelName(name, item.simulated.includes(name)))
  return [
    html`<a href="/evaluations/${item.id}"><time datetime="${item.startedAt}">${when}</time></a>`,
    `${item.tier} ${item.tierName}`,
    item.incumbent === null ? 'vacant' : named(item.incumbent),
    verdictCell(item),
    verdict?.confidence == null ? '' : confidence(verdict.confidence),
    named(verdict?.challenger ?? null),
    differenceCell(item),
    calls === null ? '' : count(calls),
    calls === null || failed === null ? '' : failed === 0 ? '0' : `${count(failed)} (${rate(failed / calls)})`,
    item.costUsd === null ? '' : money(item.costUsd),
  ]
}

function verdictCell({ verdict, status, applies, confirms }: EvaluationItem): Html | string {
  if (verdict === null) return status
  const kind = confirms !== null ? 'confirmation' : applies ? '' : 'trial'
  return html`${verdictBadge(verdictOf(verdict), 'row')}${kind === '' ? nothing : html` <span class="small">${kind}</span>`}`
}

function differenceCell({ verdict }: EvaluationItem): Html | string {
  if (verdict === null || verdict.difference === null) return ''
  const { difference, interval } = verdict
  return html`${signed(difference)}${interval === null ? nothing : html` <span class="small">${signedInterval(interval)}</span>`}`
}
