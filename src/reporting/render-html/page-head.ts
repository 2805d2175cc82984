import { longDate, timeOfDay } from '../../shared/format-date.ts'
import { signed, signedInterval } from '../../shared/format-number.ts'
import type { CycleReport } from '../cycle-report.ts'
import { differencesOf, isSimulated } from '../evaluation-charts.ts'
import { summaryTable } from '../report-tables.ts'
import { verdictSentence } from '../verdict-sentence.ts'
import { whatChanged, whatToDo } from '../what-changed.ts'
import { fourFigures } from './four-figures.ts'
import { modelName, verdictBadge, warningGlyph } from './glyphs.ts'
import { type Html, html, nothing } from './html.ts'
import { tableHtml } from './table-html.ts'
import { withCommands } from './with-commands.ts'

/** The verdict sentence, what waits for people, four figures, and a row a tier. */
export function pageHead(report: CycleReport, timeZone: string): Html {
  return html`<header>
<p class="small">${dateLine(report, timeZone)}</p>
<h1>${withWholeNames(verdictSentence(report))}</h1>
<p class="lede">${lede(report)}</p>
</header>
${todo(report)}
${notes(report)}
${fourFigures(report)}
${seats(report)}`
}

/** Names of models are not broken at their hyphens, unless a phone has no room for them. */
function withWholeNames(sentence: string): Html {
  const parts = sentence.replace(/(Tiers?) (?=\d)/g, '$1\u00a0').split(/([^ ]*-[^ ]*)/)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<span class="whole">${part}</span>` : part))}`
}

/** What the models that the verdicts name have gained. */
function lede(report: CycleReport): string {
  const gains = report.evaluations.flatMap((evaluation) => {
    const { rows, incumbent, measure } = differencesOf(evaluation)
    return rows.flatMap(({ model, isLeader, difference, interval }) => {
      if (!isLeader || difference === null || interval === null) return []
      return [
        `On tier ${evaluation.tier}, ${model} differs from ${incumbent} by ${signed(difference)} ${measure} ${signedInterval(interval)}.`,
      ]
    })
  })
  return (gains.length > 0 ? gains : whatChanged(report)).join(' ')
}

function dateLine({ startedAt, finishedAt }: CycleReport, timeZone: string): string {
  const [start, end] = [new Date(startedAt), new Date(finishedAt)]
  return `Model report · ${longDate(start, timeZone)}, ${timeOfDay(start, timeZone)} to ${timeOfDay(end, timeZone)}`
}

function todo(report: CycleReport): Html {
  const steps = whatToDo(report)
  if (steps.length === 0) return nothing
  const items = steps.map((step) => html`<li>${warningGlyph()}<span>${withCommands(step)}</span></li>`)
  return html`<aside class="todo"><h3>Waiting for you</h3><ul>${items}</ul></aside>`
}

/** What was not as planned. */
function notes({ notes: all }: CycleReport): Html {
  return html`${all.map((note) => html`<p class="warning">${warningGlyph()}<span>${withCommands(note)}</span></p>`)}`
}

/** The rows of the summary, with links and names that can be seen as such. */
function seats(report: CycleReport): Html {
  const { titles, rows, aligns } = summaryTable(report)
  if (rows.length === 0) return nothing
  const marked = report.evaluations.map((evaluation, index) => {
    const [tier = '', incumbent = '', verdict = '', model = '', ...rest] = rows[index] ?? []
    const named = (name: string) => (name === '' ? '' : modelName(name, isSimulated(name, evaluation)))
    const link = html`<a href="#tier-${evaluation.tier}">${tier}</a>`
    return [link, named(incumbent), verdictBadge(verdict, 'row'), named(model), ...rest]
  })
  return tableHtml({ titles, rows: marked, aligns })
}
