import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { longDate, timeOfDay } from '../../../shared/format-date.ts'
import { type OverviewPage, overviewPage } from '../../../workflows/pages/overview.ts'
import type { Route } from '../../http/exchange.ts'
import { alertGlyph } from '../event-glyph.ts'
import { nextEvaluation } from '../next-evaluation.ts'
import type { PageContext } from '../page-context.ts'
import { progressWords } from '../progress-words.ts'
import { sendPage } from '../send-page.ts'
import { withWholeNames } from '../whole-names.ts'
import { overviewFigures } from './overview-figures.ts'
import { alertList, decisionList, notTested } from './overview-lists.ts'
import { seatTrends } from './seat-trends.ts'
import { seatsTable } from './seats-table.ts'

/** Where everything stands: `/`. */
export function overviewPages(context: PageContext): Route[] {
  return [{ method: 'GET', path: '/', handle: (exchange) => showOverview(context, exchange) }]
}

async function showOverview(context: PageContext, exchange: Parameters<Route['handle']>[0]): Promise<void> {
  const { config } = context.workspace
  const page = await overviewPage(context.workspace)
  const { timeZone } = config.schedule
  sendPage(context, exchange, {
    title: page.headline,
    path: '/',
    isSimulated: page.seats.some(({ isSimulated }) => isSimulated),
    body: html`<div class="intro"><div>
<p class="small">${dateLine(page, timeZone)}</p>
<h1>${withWholeNames(page.headline)}</h1>
${lede(page)}</div>
${waiting(page)}</div>
${overviewFigures(page)}
${page.evaluatedAt === null ? emptyState(page, context) : nothing}
${seatsTable(page, timeZone)}
<div class="columns"><div class="stack">${seatTrends(page, timeZone)}<div>${alertList(page, timeZone)}</div></div>
<div class="stack"><div>${decisionList(page, timeZone)}</div><div>${notTested(page)}</div></div></div>`,
  })
}

function dateLine({ at, evaluatedAt }: OverviewPage, timeZone: string): string {
  const day = (time: string) => longDate(new Date(time), timeZone)
  const evaluated = evaluatedAt === null ? 'never evaluated' : `evaluated ${day(evaluatedAt)}`
  return `${day(at)}, ${timeOfDay(new Date(at), timeZone)} · ${evaluated}`
}

const staleMs = 8 * 86_400_000

function lede({ seats, at, evaluatedAt }: OverviewPage): Html {
  const moving = seats.flatMap(({ rollout }) =>
    rollout === null ? [] : [`${rollout.sentence} ${progressWords(rollout) ?? ''}`.trim()],
  )
  const ageMs = evaluatedAt === null ? 0 : new Date(at).getTime() - new Date(evaluatedAt).getTime()
  const stale =
    ageMs > staleMs ? html`<p class="stale">Last evaluated ${Math.floor(ageMs / 86_400_000)} days ago.</p>` : nothing
  return html`${moving.length === 0 ? nothing : html`<p class="lede">${moving.join(' ')}</p>`}${stale}`
}

const mostWaiting = 5

function waiting({ waiting: all }: OverviewPage): Html {
  if (all.length === 0) return nothing
  const items = all
    .slice(0, mostWaiting)
    .map(
      ({ sentence, link }) =>
        html`<li>${alertGlyph('warning')}<span>${sentence} ${link === null ? nothing : html`<a href="${link.path}">${link.words}</a>`}</span></li>`,
    )
  const more = all.length > mostWaiting ? html`<p class="note">and ${all.length - mostWaiting} more below</p>` : nothing
  return html`<aside class="todo"><h2 class="title">Waiting for you</h2><ul>${items}</ul>${more}</aside>`
}

function emptyState({ at }: OverviewPage, { workspace }: PageContext): Html {
  const next = nextEvaluation(workspace.config, new Date(at))
  const { timeZone } = workspace.config.schedule
  const first =
    next === undefined
      ? 'No time is set for the first one.'
      : `The first one runs on ${longDate(next.dueAt, timeZone)} at ${timeOfDay(next.dueAt, timeZone)}.`
  return html`<section class="empty-state"><h2 class="title">No evaluation yet</h2><p>${first} Until then nobody knows which model is best. This one ends that now, on ten samples of tier 1:</p><p><code>npx incumbent run --tier 1 --limit 10</code></p></section>`
}
