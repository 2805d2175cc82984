import { type Html, html } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { dayAndTime, timeOfDay } from '../../../shared/format-date.ts'
import { elapsed } from '../../../shared/format-number.ts'
import type { DeliveriesPage, SlotLine } from '../../../workflows/pages/deliveries.ts'
import { shortWords } from '../../../workflows/pages/deliveries-headline.ts'
import { timeHtml } from './time-html.ts'

/** What was due lately, and what became of it. */
export function slotsTable({ slots, at }: DeliveriesPage, timeZone: string): Html {
  const heading = html`<h2 class="small-head">What was due</h2>`
  if (slots.length === 0)
    return html`<div>${heading}<p class="empty-state">Nothing was due since the service was first started. What comes next stands beside; an evaluation now: <code>npx incumbent run</code></p></div>`
  const rows = slots.map((slot) => [
    timeHtml(slot.dueAt, dayAndTime(new Date(slot.dueAt), timeZone)),
    shortWords(slot.schedule),
    slot.startedAt === null ? '' : timeHtml(slot.startedAt, timeOfDay(new Date(slot.startedAt), timeZone)),
    tookWords(slot, at),
    stateHtml(slot, timeZone),
  ])
  const titles = ['Due', 'Stage', 'Started', 'Took', 'State']
  return html`<div>${heading}${tableHtml({ titles, rows, aligns: 'lllrl' })}</div>`
}

function tookWords({ startedAt, finishedAt, state }: SlotLine, now: string): string {
  if (startedAt === null) return ''
  const end = finishedAt ?? (state === 'running' ? now : null)
  if (end === null) return ''
  const took = elapsed(Date.parse(end) - Date.parse(startedAt))
  return finishedAt === null ? `${took} so far` : took
}

function stateHtml({ state, note, notBefore, tries }: SlotLine, timeZone: string): Html {
  const until = notBefore === null || state !== 'waiting' ? '' : ` until ${timeOfDay(new Date(notBefore), timeZone)}`
  const again = tries > 1 ? `, begun ${tries} times` : ''
  const words = html`<span class="became ${state}">${state}${until}${again}</span>`
  return note === null ? words : html`${words}<span class="noted">${note}</span>`
}

/** What comes next, the first one first. */
export function upcomingList({ upcoming }: DeliveriesPage, timeZone: string): Html {
  const items = upcoming.map(
    ({ dueAt, words }) => html`<li>${timeHtml(dueAt, dayAndTime(new Date(dueAt), timeZone))}<span>${words}</span></li>`,
  )
  const list = items.length === 0 ? html`<p>Nothing is scheduled.</p>` : html`<ol class="upcoming">${items}</ol>`
  return html`<aside><h2 class="small-head">What comes next</h2>${list}<p class="note">Times are those of ${timeZone}. A stage waits for those before it.</p></aside>`
}
