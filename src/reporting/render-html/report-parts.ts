import { confidence } from '../../shared/format-number.ts'
import { confidenceRuler, neededWords } from '../charts/confidence-ruler.ts'
import type { EvaluationReport } from '../cycle-report.ts'
import { certaintyOf } from '../evaluation-charts.ts'
import type { ReportTable } from '../report-tables.ts'
import { verdictWord } from '../verdict-word.ts'
import { verdictBadge, warningGlyph } from './glyphs.ts'
import { type Html, html, nothing, trusted } from './html.ts'
import { tableHtml } from './table-html.ts'
import { withCommands } from './with-commands.ts'

/** The badge, how sure it is, and what a switch needs. */
export function verdictPanel(evaluation: EvaluationReport): Html {
  const certainty = certaintyOf(evaluation)
  const badge = verdictBadge(verdictWord(evaluation))
  if (certainty === undefined) return html`<div class="verdict"><div class="sure">${badge}</div></div>`
  const { probability, needed } = certainty
  const mark =
    needed === null ? nothing : html`<p class="note">The mark is what a switch needs: ${neededWords(needed)}.</p>`
  return html`<div class="verdict"><div class="sure">${badge}<span>${confidence(probability)} confident</span></div>${trusted(confidenceRuler(certainty).svg)}${mark}</div>`
}

/** A paragraph of the reasoning: text, or text with a list. */
export function paragraph(text: string): Html {
  const lines = text.split('\n')
  const items = lines.filter((line) => line.startsWith('- '))
  const words = lines.filter((line) => !line.startsWith('- ')).join(' ')
  const list =
    items.length === 0 ? nothing : html`<ul>${items.map((item) => html`<li>${withCommands(item.slice(2))}</li>`)}</ul>`
  return html`${words === '' ? nothing : html`<p>${withCommands(words)}</p>`}${list}`
}

export function warningLine(warning: string): Html {
  return html`<p class="warning">${warningGlyph()}<span>${withCommands(warning)}</span></p>`
}

/** Nothing where it has no row. */
export function reportTableHtml(caption: string, { rows, titles, aligns, note }: ReportTable): Html {
  if (rows.length === 0) return nothing
  return html`${tableHtml({ titles, rows, aligns }, caption)}${note === undefined ? nothing : html`<p class="note">${note}</p>`}`
}
