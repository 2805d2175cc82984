import { counted } from '../../shared/counted.ts'
import { confidence } from '../../shared/format-number.ts'
import { confidenceRuler, neededWords } from '../charts/confidence-ruler.ts'
import type { EvaluationReport } from '../cycle-report.ts'
import { certaintyOf } from '../evaluation-charts.ts'
import {
  differenceTable,
  expectationTable,
  failureTable,
  notTestedTable,
  type ReportTable,
  runTable,
} from '../report-tables.ts'
import { testCostWords } from '../run-words.ts'
import { verdictParagraphs } from '../verdict-paragraph.ts'
import { verdictWord } from '../verdict-word.ts'
import { comparisonFigure, differenceFigure, historyFigure, paretoFigure } from './evaluation-figures.ts'
import { verdictBadge, warningGlyph } from './glyphs.ts'
import { type Html, html, nothing, trusted } from './html.ts'
import { tableHtml } from './table-html.ts'
import { withCommands } from './with-commands.ts'

/** A tier: the verdict, then the evidence, then the record. */
export function tierSection(evaluation: EvaluationReport, timeZone: string): Html {
  const { tier, tierName, warnings, drift, followed } = evaluation
  const { verdict, reasons } = verdictParagraphs(evaluation)
  return html`<section id="tier-${tier}">
<div class="head"><div><h2>Tier ${tier}: ${tierName}</h2><p class="answer">${verdict}</p></div>${verdictPanel(evaluation)}</div>
<div class="pair">${figures(evaluation)}<div class="reasons">${paragraph(followed.join(' '))}${reasons.map(paragraph)}${paragraph(drift?.words ?? '')}${warnings.map(warningLine)}</div></div>
${comparisonFigure(evaluation)}
${historyFigure(evaluation, timeZone)}
${table('Not tested', notTestedTable(evaluation))}
${table('Failed calls', failureTable(evaluation))}
${allFigures(evaluation)}
${expectations(evaluation)}
<p class="note record">${record(evaluation)}</p>
</section>`
}

/** Nothing at all where nothing can be drawn, so that the words get the room. */
function figures(evaluation: EvaluationReport): Html {
  const drawn = [differenceFigure(evaluation), paretoFigure(evaluation)].filter(({ markup }) => markup !== '')
  return drawn.length === 0 ? nothing : html`<div>${drawn}</div>`
}

function verdictPanel(evaluation: EvaluationReport): Html {
  const certainty = certaintyOf(evaluation)
  const badge = verdictBadge(verdictWord(evaluation))
  if (certainty === undefined) return html`<div class="verdict"><div class="sure">${badge}</div></div>`
  const { probability, needed } = certainty
  const mark =
    needed === null ? nothing : html`<p class="note">The mark is what a switch needs: ${neededWords(needed)}.</p>`
  return html`<div class="verdict"><div class="sure">${badge}<span>${confidence(probability)} confident</span></div>${trusted(confidenceRuler(certainty).svg)}${mark}</div>`
}

/** A paragraph of the reasoning: text, or text with a list. */
function paragraph(text: string): Html {
  const lines = text.split('\n')
  const items = lines.filter((line) => line.startsWith('- '))
  const words = lines.filter((line) => !line.startsWith('- ')).join(' ')
  const list =
    items.length === 0 ? nothing : html`<ul>${items.map((item) => html`<li>${withCommands(item.slice(2))}</li>`)}</ul>`
  return html`${words === '' ? nothing : html`<p>${withCommands(words)}</p>`}${list}`
}

function warningLine(warning: string): Html {
  return html`<p class="warning">${warningGlyph()}<span>${withCommands(warning)}</span></p>`
}

function table(caption: string, { rows, titles, aligns, note }: ReportTable): Html {
  if (rows.length === 0) return nothing
  return html`${tableHtml({ titles, rows, aligns }, caption)}${note === undefined ? nothing : html`<p class="note">${note}</p>`}`
}

function allFigures(evaluation: EvaluationReport): Html {
  const tables = [table('Runs', runTable(evaluation)), table('Differences', differenceTable(evaluation))]
  if (tables.every(({ markup }) => markup === '')) return nothing
  return html`<details><summary>All figures</summary>${tables}</details>`
}

function expectations(evaluation: EvaluationReport): Html {
  const expected = expectationTable(evaluation)
  if (expected.rows.length === 0) return nothing
  return html`<details><summary>Expectations of the source document</summary>${tableHtml(expected)}</details>`
}

function record(evaluation: EvaluationReport): string {
  const { id, status, dataset, samples, repeats, datasetHash, verifiedBy, runs } = evaluation
  const targets = verifiedBy.map(({ words, samples: checked }) => `${words} (${checked})`).join('; ')
  return `Evaluation ${id} (${status}) · ${dataset}, ${counted(samples, 'sample')}, language models ${repeats}× each · ${testCostWords(runs)} · data ${datasetHash.slice(0, 12)} · targets: ${targets}`
}
