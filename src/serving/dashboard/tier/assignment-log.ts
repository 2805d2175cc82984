import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { dayAndMonth, timeOfDay, yearIn } from '../../../shared/format-date.ts'
import type { LogLine } from '../../../workflows/pages/log-line.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import { eventGlyph } from '../event-glyph.ts'
import { whoWords } from '../who-words.ts'

/** Who changed what about the seat, when, why and on which evidence. */
export function assignmentLog({ log, next, seat, at }: TierPage, timeZone: string): Html {
  const rows = log.map((line) => [
    when(line.at, at, timeZone),
    html`<span class="change">${eventGlyph(line)}${changeWords(line)}</span>`,
    line.model ?? 'nobody',
    line.why,
    whoWords(line.by),
    line.evaluation === null ? '' : html`<a href="/evaluations/${line.evaluation}">evaluation</a>`,
  ])
  const titles = ['When', 'Change', 'Model', 'Why', 'Who', 'Evidence']
  const more =
    next === null
      ? nothing
      : html`<p class="pager"><a href="/tiers/${seat.tier}?cursor=${next}#record">Older entries</a></p>`
  return html`<section class="plain" id="record"><h2 class="title">History of the seat</h2>${tableHtml({ titles, rows, aligns: 'llllll' })}${more}</section>`
}

/** What the reader has just done, as the record tells it. */
export function lastSaid({ log }: TierPage): Html {
  const [last] = log
  if (last === undefined) return nothing
  return html`<p class="said" role="status">Done. ${last.what === 'assigned' ? `${last.model ?? 'Nobody'} holds the seat: ${last.why}` : last.why}</p>`
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
