import { counted } from '../../shared/counted.ts'
import type { EvaluationReport } from '../cycle-report.ts'
import { differenceTable, expectationTable, failureTable, notTestedTable, runTable } from '../report-tables.ts'
import { testCostWords } from '../run-words.ts'
import { verdictParagraphs } from '../verdict-paragraph.ts'
import { comparisonFigure, differenceFigure, historyFigure, paretoFigure } from './evaluation-figures.ts'
import { type Html, html, nothing } from './html.ts'
import { paragraph, reportTableHtml, verdictPanel, warningLine } from './report-parts.ts'
import { tableHtml } from './table-html.ts'

/** A tier: the verdict, then the evidence, then the record. */
export function tierSection(evaluation: EvaluationReport, timeZone: string): Html {
  const { tier, tierName, warnings, drift, followed } = evaluation
  const { verdict, reasons } = verdictParagraphs(evaluation)
  return html`<section id="tier-${tier}">
<div class="head"><div><h2>Tier ${tier}: ${tierName}</h2><p class="answer">${verdict}</p></div>${verdictPanel(evaluation)}</div>
<div class="pair">${figures(evaluation)}<div class="reasons">${paragraph(followed.join(' '))}${reasons.map(paragraph)}${paragraph(drift?.words ?? '')}${warnings.map(warningLine)}</div></div>
${comparisonFigure(evaluation)}
${historyFigure(evaluation, timeZone)}
${reportTableHtml('Not tested', notTestedTable(evaluation))}
${reportTableHtml('Failed calls', failureTable(evaluation))}
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

function allFigures(evaluation: EvaluationReport): Html {
  const tables = [
    reportTableHtml('Runs', runTable(evaluation)),
    reportTableHtml('Differences', differenceTable(evaluation)),
  ]
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
