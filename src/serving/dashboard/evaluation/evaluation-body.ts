import { type Comparison, isMeasured } from '../../../recommendation/recommendation.ts'
import { sampleChart } from '../../../reporting/charts/sample-chart.ts'
import type { EvaluationReport } from '../../../reporting/cycle-report.ts'
import { isSimulated } from '../../../reporting/evaluation-charts.ts'
import { chartFigure } from '../../../reporting/render-html/chart-figure.ts'
import { comparisonFigure, differenceFigure, paretoFigure } from '../../../reporting/render-html/evaluation-figures.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { paragraph, reportTableHtml, verdictPanel, warningLine } from '../../../reporting/render-html/report-parts.ts'
import { differenceTable, failureTable, notTestedTable, runTable } from '../../../reporting/report-tables.ts'
import { testCostWords } from '../../../reporting/run-words.ts'
import { verdictParagraphs } from '../../../reporting/verdict-paragraph.ts'
import { longDate, timeOfDay } from '../../../shared/format-date.ts'
import { count, rate, score, signed, signedInterval } from '../../../shared/format-number.ts'
import type { EvaluationPage } from '../../../workflows/pages/evaluation.ts'
import { drawnOnce } from '../drawn-once.ts'
import { withWholeNames } from '../whole-names.ts'
import { checkList } from './check-list.ts'
import { diffTable } from './diff-table.ts'
import { type SampleListQuery, sampleList } from './sample-list.ts'

interface Shown {
  timeZone: string
  url: string
  query: SampleListQuery
}

/** A decided evaluation: the verdict, then the evidence, then the record. */
export function evaluationBody(page: EvaluationPage, report: EvaluationReport, shown: Shown): Html {
  const { verdict, reasons } = verdictParagraphs(report)
  const [headline, ...further] = verdict.split(/(?<=\.) (?=[A-Z0-9<>])/)
  return html`${crumbs(page, shown.timeZone)}
<div class="head"><div><h1>${withWholeNames(headline ?? '')}</h1><p class="lede">${[...further, ...lede(report)].join(' ')}</p></div>${verdictPanel(report)}</div>
${facts(page, report)}
${report.warnings.map(warningLine)}
<h2 class="hidden">The evidence</h2>
${drawnOnce(comparisonFigure, report)}
<div class="beside equal">${drawnOnce(differenceFigure, report)}${sampleFigure(page, report)}</div>
<div class="beside equal">${drawnOnce(paretoFigure, report)}${checkList(page)}</div>
${lostMost(page)}
${sampleList(page, shown)}
<section><h2>The record</h2>
<details><summary>The reasoning in words</summary>${paragraph(report.followed.join(' '))}${reasons.map(paragraph)}${paragraph(report.drift?.words ?? '')}</details>
${reportTableHtml('Runs', runTable(report))}
${reportTableHtml('Paired differences', differenceTable(report))}
${reportTableHtml('Failed calls', failureTable(report))}
${reportTableHtml('Not tested', notTestedTable(report))}
${exportLinks(page)}
</section>`
}

function crumbs({ tier, tierName, startedAt, finishedAt, applies, confirms }: EvaluationPage, timeZone: string): Html {
  const [start, end] = [new Date(startedAt), finishedAt === null ? undefined : new Date(finishedAt)]
  const until = end === undefined ? '' : ` to ${timeOfDay(end, timeZone)}`
  const kind =
    confirms !== null
      ? html` · confirms <a href="/evaluations/${confirms}">another</a>`
      : applies
        ? nothing
        : ' · a trial: nothing follows from it'
  return html`<p class="small"><a href="/evaluations">Evaluations</a> · <a href="/tiers/${tier}">Tier ${tier} ${tierName}</a> · ${longDate(start, timeZone)}, ${timeOfDay(start, timeZone)}${until}${kind}</p>`
}

/** What the challenger that the verdict names gains, and what to expect of it. */
function lede(report: EvaluationReport): string[] {
  const comparison = leaderOf(report)
  if (comparison === undefined || !isMeasured(comparison)) return []
  const { model, delta, deltaCi95, accuracyDelta, niMargin, accuracyLower, shrunkDelta } = comparison
  const margin = accuracyLower > -niMargin ? 'inside' : 'not shown to be inside'
  const gain = `${model} differs from ${report.incumbent} by ${signed(delta)} points of the total ${signedInterval(deltaCi95)}.`
  const accuracy = `Its accuracy differs by ${signed(accuracyDelta)} points, ${margin} the margin of ${score(niMargin).replace(/\.0$/, '')}.`
  const expected =
    delta > 0 ? [`Expect about ${signed(shrunkDelta)} in service; winners look better than they are.`] : []
  return [gain, accuracy, ...expected]
}

function leaderOf({ recommendation, incumbent }: EvaluationReport): Comparison | undefined {
  const { comparisons, target } = recommendation
  return target === incumbent ? undefined : comparisons.find(({ model }) => model === target)
}

function facts(page: EvaluationPage, report: EvaluationReport): Html {
  const { runs, dropped, recommendation } = report
  const asked = runs.reduce((sum, run) => sum + run.asked, 0)
  const failed = runs.reduce((sum, run) => sum + run.asked - run.scored, 0)
  const saved = dropped.reduce((sum, each) => sum + each.planned - each.asked, 0)
  const looked = recommendation.comparisons.find(({ model }) => model === page.checks?.model)
  const items: [string, Html | string][] = [
    ['Dataset', html`<a href="/datasets/${page.dataset}">${page.dataset}</a>`],
    ['Samples', `${count(page.samples)} × ${page.repeats}`],
    ...(looked?.look === undefined ? [] : [['Look', String(looked.look)] as [string, string]]),
    ['Calls', saved === 0 ? count(asked) : html`${count(asked)} <span>${count(saved)} saved by dropping early</span>`],
    ['Failed', failed === 0 ? '0' : html`${count(failed)} <span>${rate(failed / asked)}</span>`],
    ['Spent', testCostWords(runs)],
    ...(looked?.mdeTotal80 === undefined
      ? []
      : [['Can see gains of', `${score(looked.mdeTotal80)} points`] as [string, string]]),
    ...(report.pooled.length === 0
      ? []
      : [['Rests on', `${report.pooled.length + 1} evaluations`] as [string, string]]),
  ]
  return html`<dl class="particulars">${items.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

function sampleFigure({ differences, list }: EvaluationPage, report: EvaluationReport): Html {
  if (differences === null) return nothing
  const { held, challenger, counts } = differences
  const data = { challenger, incumbent: held, isSimulated: isSimulated(challenger, report), differences: counts }
  return chartFigure({
    title: 'Sample by sample',
    note: `Difference in accuracy, ${challenger} minus ${held}, mean of the repeats, sorted.`,
    wide: drawnOnce(sampleChart, data),
    phone: drawnOnce(sampleChart, data, 'phone'),
    hasTable: list.pair !== null,
  })
}

function lostMost({ lostMost: sample, id }: EvaluationPage): Html {
  if (sample === null) return nothing
  const { category, complexity, place } = sample
  const where = [category, complexity].filter((word) => word !== null).join(' · ')
  const rank = place === null ? '' : `moved the decision as number ${count(place.rank)} of ${count(place.of)}`
  return html`<section class="plain"><div class="line"><h2>Where ${sample.challenger} lost most</h2><p><a href="/evaluations/${id}/samples/${encodeURIComponent(sample.sample)}?models=${encodeURIComponent(`${sample.held},${sample.challenger}`)}">Open the sample</a></p></div>
<p class="note">Sample <b>${sample.sample}</b> · ${where}${rank === '' ? '' : ` · ${rank}`}</p>
${diffTable(sample)}</section>`
}

function exportLinks({ id }: EvaluationPage): Html {
  const outcomes = ['jsonl', 'csv', 'json'].map(
    (format) =>
      html`<li><a href="/api/exports/outcomes?evaluation=${id}&format=${format}">Outcomes as ${format.toUpperCase()}</a></li>`,
  )
  const reports = ['html', 'md', 'csv', 'json'].map(
    (format) =>
      html`<li><a href="/api/exports/report?evaluation=${id}&format=${format}">Report as ${names[format]}</a></li>`,
  )
  return html`<h3>Export</h3><ul class="links">${outcomes}${reports}</ul>
<p class="small">Decide again from what is stored: <code>npx incumbent recommend --evaluation ${id.slice(0, 8)}</code> · Explain it in a terminal: <code>npx incumbent explain ${id.slice(0, 8)}</code></p>`
}

const names: Record<string, string> = { html: 'HTML', md: 'Markdown', csv: 'CSV', json: 'JSON' }
