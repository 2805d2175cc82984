import { withoutScores } from '../recommendation/reasoning.ts'
import { counted } from '../shared/counted.ts'
import { costSentences } from './cost-sentences.ts'
import type { CycleReport, EvaluationReport } from './cycle-report.ts'
import { table } from './markdown-table.ts'
import {
  costTable,
  differenceTable,
  expectationTable,
  failureTable,
  notTestedTable,
  type ReportTable,
  runTable,
  summaryTable,
} from './report-tables.ts'
import { whatChanged, whatToDo } from './what-changed.ts'

/** report.md: what changed and what to do first, then each tier with its evidence, then the record. */
export function renderMarkdown(report: CycleReport): string {
  const parts = [
    `# Model report, ${report.startedAt.slice(0, 10)}`,
    `**What changed.** ${whatChanged(report).join(' ')}`,
    todo(report),
    notes(report),
    rendered(summaryTable(report)),
    ...report.evaluations.map(tierSection),
    costs(report),
    record(report),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function todo(report: CycleReport): string {
  const steps = whatToDo(report)
  if (steps.length === 0) return '**What to do.** Nothing.'
  return ['**What to do.**', '', ...steps.map((step) => `- ${step}`)].join('\n')
}

/** What was not as planned; nothing where all was. */
function notes({ notes: all }: CycleReport): string {
  return all.length === 0 ? '' : `**Look at this.** ${all.join(' ')}`
}

function costs({ costs: known }: CycleReport): string {
  const table = rendered(costTable(known))
  return known === null
    ? ''
    : ['## Costs', costSentences(known).join(' '), table].filter((part) => part !== '').join('\n\n')
}

function tierSection(evaluation: EvaluationReport): string {
  const { tier, tierName, reasoning, dataset, datasetHash, samples, repeats, status } = evaluation
  return [
    `## Tier ${tier}: ${tierName}`,
    withoutScores(reasoning),
    evaluation.drift?.words ?? '',
    rendered(runTable(evaluation)),
    rendered(failureTable(evaluation), 'Failed calls'),
    rendered(differenceTable(evaluation)),
    rendered(notTestedTable(evaluation), 'Not tested'),
    rendered(expectationTable(evaluation), 'Expectations of the source document'),
    warningList(evaluation),
    `<sub>Evaluation ${evaluation.id} (${status}) · ${dataset}, ${counted(samples, 'sample')}, language models ${repeats}× each · data ${datasetHash.slice(0, 12)} · ${verified(evaluation)}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A table with its title and its note; nothing without a row. */
function rendered({ titles, rows, aligns, note }: ReportTable, title?: string): string {
  if (rows.length === 0) return ''
  const parts = [
    title === undefined ? '' : `**${title}**`,
    table(titles, rows, aligns),
    note === undefined ? '' : `<sub>${note}</sub>`,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function warningList({ warnings }: EvaluationReport): string {
  return warnings.map((warning) => `> ${warning}`).join('\n>\n')
}

function verified({ verifiedBy }: EvaluationReport): string {
  return `targets: ${verifiedBy.map(({ words, samples }) => `${words} (${samples})`).join('; ')}`
}

function record({ cycle, startedAt, finishedAt }: CycleReport): string {
  return `<sub>Cycle ${cycle}, ${startedAt} to ${finishedAt}.</sub>`
}
