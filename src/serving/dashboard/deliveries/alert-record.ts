import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { withCommands } from '../../../reporting/render-html/with-commands.ts'
import { dayAndTime } from '../../../shared/format-date.ts'
import type { AlertEntry, DeliveriesPage } from '../../../workflows/pages/deliveries.ts'
import { alertGlyph } from '../event-glyph.ts'
import { timeHtml } from './time-html.ts'

/** What people should know of: what is open first; what is over keeps its line. */
export function alertRecord({ alerts }: DeliveriesPage, timeZone: string): Html {
  const list =
    alerts.length === 0
      ? html`<p>There was none.</p>`
      : html`<ul class="alerts">${alerts.map((alert) => item(alert, timeZone))}</ul>`
  return html`<section class="plain" id="alerts"><h2 class="small-head">Alerts</h2>${list}</section>`
}

function item(alert: AlertEntry, timeZone: string): Html {
  const { at, severity, subject, message, isOpen, resolvedAt, resolution, evaluation, tier } = alert
  const over =
    resolvedAt === null
      ? nothing
      : html` <span class="resolved">Resolved ${timeHtml(resolvedAt, dayAndTime(new Date(resolvedAt), timeZone))}${resolution === null ? '' : `: ${resolution}`}</span>`
  const where = tier === null ? nothing : html` <a href="/tiers/${tier}">Tier ${tier}</a>`
  const evidence = evaluation === null ? nothing : html` <a href="/evaluations/${evaluation}">Evaluation</a>`
  return html`<li${resolvedAt === null ? nothing : html` class="over"`}>${timeHtml(at, dayAndTime(new Date(at), timeZone))}${alertGlyph(severity)}<div><b>${subject}.</b>${isOpen ? html` <span class="became waiting">open</span>` : nothing} ${withCommands(message)}${over}${where}${evidence}</div></li>`
}
