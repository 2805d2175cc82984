import { createHash } from 'node:crypto'
import type { CycleReport } from '../cycle-report.ts'
import { isSimulated } from '../evaluation-charts.ts'
import { verdictSentence } from '../verdict-sentence.ts'
import { costSection } from './cost-section.ts'
import { type Html, html, nothing, trusted } from './html.ts'
import { pageHead } from './page-head.ts'
import { pageStyle } from './page-style.ts'
import { tierSection } from './tier-section.ts'

/**
 * One cycle as a single file that can be mailed and archived: nothing is loaded from elsewhere, and the reader's browser
 * is told to refuse it. It tells the same as `renderMarkdown`, with charts.
 */
export function renderHtml(report: CycleReport, { timeZone }: { timeZone: string }): string {
  const style = pageStyle()
  const title = `${hasSimulated(report) ? '[simulated] ' : ''}${verdictSentence(report)}`
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${hasSimulated(report) ? html`<div class="hatch"></div>` : nothing}
<main>
${pageHead(report, timeZone)}
${report.evaluations.map((evaluation) => tierSection(evaluation, timeZone))}
${costSection(report)}
${footer(report, timeZone)}
</main>
</body>
</html>
`
  return page.markup
}

export function hasSimulated({ evaluations }: CycleReport): boolean {
  return evaluations.some((evaluation) => evaluation.runs.some(({ model }) => isSimulated(model, evaluation)))
}

function footer(report: CycleReport, timeZone: string): Html {
  const simulated = hasSimulated(report)
    ? ' Simulated models draw their answers from an answer book and never take a real seat.'
    : ''
  return html`<footer class="small">Scores are measured on golden data. Intervals are 95\u202f%. Times are those of ${timeZone}.${simulated}<br>Cycle ${report.cycle}, ${report.startedAt} to ${report.finishedAt}.</footer>`
}
