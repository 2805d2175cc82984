import { costSentences } from '../cost-sentences.ts'
import type { CycleReport } from '../cycle-report.ts'
import { costTable } from '../report-tables.ts'
import { type Html, html, nothing } from './html.ts'
import { tableHtml } from './table-html.ts'

/** What the cycle and the month cost; nothing where nothing is known. */
export function costSection({ costs }: CycleReport): Html {
  if (costs === null) return nothing
  const { rows, titles, aligns, note } = costTable(costs)
  const table = rows.length === 0 ? nothing : html`${tableHtml({ titles, rows, aligns })}<p class="note">${note}</p>`
  return html`<section id="costs"><h2>Costs</h2><p class="answer">${costSentences(costs).join(' ')}</p>${table}</section>`
}
