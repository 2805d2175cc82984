import type { DeliveryColumn } from '../../../database/delivery-queries.ts'
import type { ListSort } from '../../../database/list-order.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { dayAndTime, timeOfDay } from '../../../shared/format-date.ts'
import type { DeliveriesPage, DeliveryLine } from '../../../workflows/pages/deliveries.ts'
import { pager } from '../pager.ts'
import { sortHeads, sortNote } from '../sorted-list.ts'
import { timeHtml } from './time-html.ts'

interface Shown {
  timeZone: string
  url: string
  sort: ListSort<DeliveryColumn> | undefined
  /** What every form begins with. */
  field: Html
}

/** Messages to people, each with what became of it. */
export function deliveriesTable({ deliveries, channels }: DeliveriesPage, shown: Shown): Html {
  const heading = html`<h2 class="small-head">Messages</h2>`
  if (deliveries.items.length === 0) {
    const why =
      channels.length === 0
        ? html`Neither Slack nor e-mail is configured: name a channel under <code>reports</code> in incumbent.yaml, then try it: <code>npx incumbent notify test</code>`
        : html`No message was sent yet. Send a trial: <code>npx incumbent notify test</code>`
    return html`<section class="plain" id="deliveries">${heading}<p class="empty-state">${why}</p></section>`
  }
  const rows = deliveries.items.map((delivery) => rowOf(delivery, shown))
  const list = { url: shown.url, anchor: '#deliveries', sort: shown.sort, own, next: deliveries.next }
  const table = tableHtml({ titles, rows, aligns, ...sortHeads(list, columns, aligns) })
  return html`<section class="plain" id="deliveries">${heading}${sortNote(list, columns, titles)}${table}${pager(shown.url, deliveries.next, '#deliveries')}</section>`
}

const titles = ['Queued', 'What', 'To', 'State', 'Tries', 'Again']
const columns = ['queued', 'what', 'to', 'state', 'tries', undefined] as const
const aligns = 'llllrl'
const own = { sort: { column: 'queued', isDescending: true }, words: 'Newest first' } as const

const kinds: Record<DeliveryLine['kind'], string> = {
  report: 'Report',
  alert: 'Alert',
  reminder: 'Reminder of an alert',
  recovery: 'An alert is over',
  trial: 'Trial',
}

function rowOf(delivery: DeliveryLine, { timeZone, field }: Shown): (string | Html)[] {
  const { id, kind, subject, channel, recipient, status, tries, lastError, refused, createdAt } = delivery
  const isOver = status === 'sent' || status === 'failed'
  const named = refused.length === 0 ? '' : ` Refused: ${refused.join(', ')}.`
  const problem = `${lastError ?? ''}${named}`.trim()
  return [
    timeHtml(createdAt, dayAndTime(new Date(createdAt), timeZone)),
    html`<span class="kind">${kinds[kind]}</span>${subject === null ? nothing : html`<span class="noted">${subject}</span>`}`,
    html`${channel === 'slack' ? 'Slack' : 'E-mail'}<span class="noted">${recipient}</span>`,
    html`${stateHtml(delivery, timeZone)}${problem === '' ? nothing : html`<span class="noted">${problem}</span>`}`,
    String(tries),
    isOver
      ? html`<form method="post" action="/deliveries/${id}/again">${field}<button aria-label="Send again: ${kinds[kind]} ${id} to ${channel}">Send again</button></form>`
      : '',
  ]
}

/** A message that went out at once needs no second time. */
function stateHtml({ status, sentAt, nextTryAt, createdAt, tries }: DeliveryLine, timeZone: string): Html {
  if (status === 'sent' && sentAt !== null) {
    const [queued, sent] = [createdAt, sentAt].map((time) => dayAndTime(new Date(time), timeZone))
    const when = queued === sent ? nothing : html`<span class="noted">${timeHtml(sentAt, sent ?? '')}</span>`
    return html`<span class="became done">sent</span>${when}`
  }
  if (status === 'failed') return html`<span class="became failed">given up</span>`
  const next =
    status === 'waiting' && tries > 0 && nextTryAt !== null
      ? `, again at ${timeOfDay(new Date(nextTryAt), timeZone)}`
      : ''
  return html`<span class="became waiting">${status}${next}</span>`
}
