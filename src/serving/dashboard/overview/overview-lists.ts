import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { withCommands } from '../../../reporting/render-html/with-commands.ts'
import { dayAndMonth, timeOfDay, yearIn } from '../../../shared/format-date.ts'
import type { AlertLine, OverviewPage } from '../../../workflows/pages/overview.ts'
import { alertGlyph, eventGlyph } from '../event-glyph.ts'
import { whoWords } from '../who-words.ts'
import { withEvaluationLinks } from '../with-evaluation-links.ts'

/** What was decided about seats, the newest first. */
export function decisionList({ decisions, at }: OverviewPage, timeZone: string): Html {
  if (decisions.length === 0) return nothing
  const items = decisions.map((line) => {
    const sentence = line.what === 'assigned' ? assignedWords(line) : line.why
    return html`<li>${when(line.at, at, timeZone)}${eventGlyph(line)}<span><a href="/tiers/${line.tier}">Tier ${line.tier}</a>: ${withEvaluationLinks(sentence)} <span class="who">${whoWords(line.by)}</span></span></li>`
  })
  return html`<h2 class="title">Decisions</h2><ul class="record-list">${items}</ul>`
}

function assignedWords({ model, previousModel, why }: OverviewPage['decisions'][number]): string {
  const before = previousModel === null ? '' : ` in place of ${previousModel}`
  return `${model ?? 'nobody'} takes the seat${before}. ${why}`
}

export function alertList({ alerts, at }: OverviewPage, timeZone: string): Html {
  const items = alerts.map((alert) => alertItem(alert, at, timeZone))
  const list =
    items.length === 0
      ? html`<p class="small">None in the last two weeks.</p>`
      : html`<ul class="record-list">${items}</ul>`
  return html`<h2 class="title">Alerts</h2>${list}`
}

function alertItem(alert: AlertLine, at: string, timeZone: string): Html {
  const resolved =
    alert.resolvedAt === null
      ? nothing
      : html` <span class="who">resolved ${timeOfDay(new Date(alert.resolvedAt), timeZone)}</span>`
  const isOver = alert.resolvedAt !== null
  return html`<li${isOver ? html` class="over"` : nothing}>${when(alert.at, at, timeZone)}${alertGlyph(alert.severity)}<span><b>${alert.subject}</b>. ${withCommands(alert.message)}${resolved}</span></li>`
}

/** Why some models of the tiers have no figures: each reason once, with what ends it. */
export function notTested({ seats }: OverviewPage): Html {
  const all = seats.flatMap(({ tier, skipped }) => skipped.map((each) => ({ tier, ...each })))
  if (all.length === 0) return nothing
  const byReason = Map.groupBy(all, ({ reason }) => reason)
  const items = [...byReason].map(([reason, same]) => {
    const models = [...new Set(same.map(({ model }) => model))].join(', ')
    const tiers = [...new Set(same.map(({ tier }) => tier))].join(', ')
    const [remedy] = same.flatMap(({ remedy: each }) => each ?? [])
    return html`<li><span><b>${models}</b> (tier ${tiers}): ${reason}.${remedy === undefined ? '' : ` ${remedy}.`}</span></li>`
  })
  return html`<h2 class="title">Not tested, and why</h2><ul class="record-list">${items}</ul>`
}

function when(time: string, now: string, timeZone: string): Html {
  const [date, today] = [new Date(time), new Date(now)]
  return html`<time datetime="${time}">${dayAndMonth(date, timeZone, yearIn(today, timeZone))}</time>`
}
