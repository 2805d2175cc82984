import type { LogColumn } from '../../../database/assignment-log-queries.ts'
import type { ListSort } from '../../../database/list-order.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { dayAndMonth, timeOfDay, yearIn } from '../../../shared/format-date.ts'
import type { LogLine } from '../../../workflows/pages/log-line.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import { eventGlyph } from '../event-glyph.ts'
import { pager } from '../pager.ts'
import { sortHeads, sortNote } from '../sorted-list.ts'
import { whoWords } from '../who-words.ts'
import { withEvaluationLinks } from '../with-evaluation-links.ts'

interface Shown {
  timeZone: string
  url: string
  sort: ListSort<LogColumn> | undefined
}

/** Who changed what about the seat, when, why and on which evidence. */
export function assignmentLog({ log, next, at }: TierPage, { timeZone, url, sort }: Shown): Html {
  const rows = log.map((line) => [
    when(line.at, at, timeZone),
    html`<span class="change">${eventGlyph(line)}${changeWords(line)}</span>`,
    line.model ?? 'nobody',
    withEvaluationLinks(line.why),
    whoWords(line.by),
    line.evaluation === null ? '' : html`<a href="/evaluations/${line.evaluation}">evaluation</a>`,
  ])
  const list = { url, anchor: '#record', sort, own, next }
  const table = tableHtml({ titles, rows, aligns, ...sortHeads(list, columns, aligns) })
  return html`<section class="plain" id="record"><h2 class="title">History of the seat</h2>${sortNote(list, columns, titles)}${table}${pager(url, next, '#record')}</section>`
}

const titles = ['When', 'Change', 'Model', 'Why', 'Who', 'Evidence']
const columns = ['when', 'change', 'model', 'why', 'who', undefined] as const
const aligns = 'llllll'
const own = { sort: { column: 'when', isDescending: true }, words: 'Newest first' } as const

/** What the reader has just done, as the record tells it. */
export function lastSaid({ log }: TierPage): Html {
  const [last] = log
  if (last === undefined) return nothing
  return html`<p class="said" role="status">Done. ${withEvaluationLinks(last.what === 'assigned' ? `${last.model ?? 'Nobody'} holds the seat: ${last.why}` : last.why)}</p>`
}

function when(time: string, now: string, timeZone: string): Html {
  const date = new Date(time)
  const day = dayAndMonth(date, timeZone, yearIn(new Date(now), timeZone))
  return html`<time datetime="${time}">${day} ${timeOfDay(date, timeZone)}</time>`
}

/** `step: shadow to partial` as `shadow to partial`; what leaves the stage as it is by the event's name. */
function changeWords({ what, model }: LogLine): string {
  const [event = '', stages = ''] = what.split(': ')
  if (event === 'assigned') return model === null ? 'seat vacated' : 'takes the seat'
  if (stages === '') return event
  const [from, to] = stages.split(' to ')
  if (to === undefined) return from ?? event
  return from === to ? event.replaceAll('-', ' ') : to.replaceAll('-', ' ')
}
