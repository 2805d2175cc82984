import { leftOutTitle, scoresTitle } from '../recommendation/reasoning/scores-text.ts'
import { confidence, count, duration, money, score } from '../shared/format-number.ts'
import { comparisonTable } from './comparison-table.ts'
import type { CycleReport, EvaluationReport, RunReport } from './cycle-report.ts'
import { frontCell, placesOf } from './front-cells.ts'
import { table } from './markdown-table.ts'
import { verdictWord } from './verdict-word.ts'
import { whatChanged, whatToDo } from './what-changed.ts'

/** report.md: what changed and what to do first, then each tier with its evidence, then the record. */
export function renderMarkdown(report: CycleReport): string {
  const parts = [
    `# Model report, ${report.startedAt.slice(0, 10)}`,
    `**What changed.** ${whatChanged(report).join(' ')}`,
    todo(report),
    summary(report),
    ...report.evaluations.map(tierSection),
    record(report),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function todo(report: CycleReport): string {
  const steps = whatToDo(report)
  if (steps.length === 0) return '**What to do.** Nothing.'
  return ['**What to do.**', '', ...steps.map((step) => `- ${step}`)].join('\n')
}

function summary({ evaluations }: CycleReport): string {
  const rows = evaluations.map((evaluation) => {
    const { tier, tierName, incumbent, recommendation, skipped } = evaluation
    const asked = evaluation.runs.filter(({ role }) => role !== 'baseline').length
    return [
      `${tier} ${tierName}`,
      incumbent ?? 'vacant',
      verdictWord(evaluation),
      recommendation.target ?? '',
      recommendation.confidence === undefined ? '' : confidence(recommendation.confidence),
      `${asked} of ${asked + skipped.length}`,
    ]
  })
  return table(['Tier', 'Incumbent', 'Verdict', 'Model', 'Confidence', 'Models tested'], rows, 'llllrr')
}

function tierSection(evaluation: EvaluationReport): string {
  const { tier, tierName, reasoning, dataset, datasetHash, samples, repeats, status } = evaluation
  return [
    `## Tier ${tier}: ${tierName}`,
    withoutTables(reasoning),
    evaluation.drift?.words ?? '',
    runTable(evaluation.runs),
    comparisonTable(evaluation),
    notTested(evaluation),
    hypothesisTable(evaluation),
    warningList(evaluation),
    `<sub>Evaluation ${evaluation.id} (${status}) · ${dataset}, ${samples} samples, language models ${repeats}× each · data ${datasetHash.slice(0, 12)} · ${verified(evaluation)}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The reasoning without the paragraphs that stand below as tables. */
function withoutTables(reasoning: string): string {
  const isTable = (paragraph: string) => [scoresTitle, leftOutTitle].some((title) => paragraph.startsWith(title))
  return reasoning
    .split('\n\n')
    .filter((paragraph) => !isTable(paragraph))
    .join('\n\n')
}

function runTable(runs: readonly RunReport[]): string {
  if (runs.length === 0) return ''
  const places = placesOf(runs)
  const rows = runs.map((run) => [
    run.provider === 'simulated' ? `${run.model} (simulated)` : run.model,
    roleWords(run),
    accuracyWithInterval(run),
    score(run.completeness),
    run.consistency === null ? 'not measured' : score(run.consistency),
    duration(run.latencyMs.p50),
    duration(run.latencyMs.p95),
    money(run.costUsd),
    totalWords(run.scores),
    run.fieldRelative === null ? '' : score(run.fieldRelative),
    frontCell(run.model, places),
    failures(run),
  ])
  const titles = [
    'Model',
    'Role',
    'Accuracy (95 %)',
    'Complete',
    'Consistent',
    'p50',
    'p95',
    'Cost',
    'Total',
    'Min-max',
    'Pareto front',
    'Failed',
  ]
  return `${table(titles, rows, 'llrrrrrrrrll')}\n\n<sub>Total decides; min-max is the source's score relative to this field, shown beside it. A total in brackets is without the unknown cost and not comparable. Cost is of the whole run at list price. On the Pareto front, by point estimate, is a model than which none is better in accuracy, speed or cost without being worse in another; else it is said which beats it.</sub>`
}

/** What a model was in an evaluation; one that was asked and not judged says so. */
export function roleWords({ role, status }: RunReport): string {
  return status === 'dropped' || status === 'locked' ? `${role}, ${status}` : role
}

/** A total without cost cannot be held against one with it, and stands in brackets. */
export function totalWords({ total, cost }: RunReport['scores']): string {
  return total === null || cost !== null ? score(total) : `(${score(total)})`
}

function accuracyWithInterval({ accuracy, accuracyCi95 }: RunReport): string {
  if (accuracy === null) return 'not measured'
  return accuracyCi95 === null
    ? score(accuracy)
    : `${score(accuracy)} (${score(accuracyCi95[0])} to ${score(accuracyCi95[1])})`
}

function failures({ failed, asked }: RunReport): string {
  const kinds = Object.entries(failed)
  return kinds.length === 0 ? `0 of ${asked}` : kinds.map(([kind, times]) => `${count(times)} ${kind}`).join(', ')
}

function notTested({ skipped }: EvaluationReport): string {
  if (skipped.length === 0) return ''
  const rows = skipped.map(({ model, reason, remedy }) => [model, reason, remedy ?? ''])
  return `**Not tested**\n\n${table(['Model', 'Reason', 'Remedy'], rows, 'lll')}`
}

function hypothesisTable({ hypotheses }: EvaluationReport): string {
  if (hypotheses.length === 0) return ''
  const rows = hypotheses.map(({ id, claim, verdict, note }) => [id, claim, verdict, note])
  return `**Expectations of the source document**\n\n${table(['Id', 'Claim', 'Verdict', 'Measured'], rows, 'llll')}`
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
