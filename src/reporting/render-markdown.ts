import { withoutScores } from '../recommendation/reasoning.ts'
import { counted } from '../shared/counted.ts'
import { confidence, count, duration, money, score } from '../shared/format-number.ts'
import { comparisonTable } from './comparison-table.ts'
import type { CycleReport, EvaluationReport, FailureReport, RunReport } from './cycle-report.ts'
import { failureWords } from './failure-words.ts'
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
    const { tier, tierName, incumbent, recommendation, assignment, runs, skipped } = evaluation
    const untested = new Set(skipped.map(({ model }) => model))
    const tested = runs.filter(({ role, model }) => role !== 'baseline' && !untested.has(model)).length
    return [
      `${tier} ${tierName}`,
      incumbent ?? 'vacant',
      verdictWord(evaluation),
      (assignment.changed ? assignment.model : recommendation.target) ?? '',
      recommendation.confidence == null ? '' : confidence(recommendation.confidence),
      `${tested} of ${tested + untested.size}`,
    ]
  })
  return table(['Tier', 'Incumbent', 'Verdict', 'Model', 'Confidence', 'Models tested'], rows, 'llllrr')
}

function tierSection(evaluation: EvaluationReport): string {
  const { tier, tierName, reasoning, dataset, datasetHash, samples, repeats, status } = evaluation
  return [
    `## Tier ${tier}: ${tierName}`,
    withoutScores(reasoning),
    evaluation.drift?.words ?? '',
    runTable(evaluation),
    failureTable(evaluation),
    comparisonTable(evaluation),
    notTested(evaluation),
    hypothesisTable(evaluation),
    warningList(evaluation),
    `<sub>Evaluation ${evaluation.id} (${status}) · ${dataset}, ${counted(samples, 'sample')}, language models ${repeats}× each · data ${datasetHash.slice(0, 12)} · ${verified(evaluation)}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function runTable({ runs, failures: all, recommendation, pooled }: EvaluationReport): string {
  if (runs.length === 0) return ''
  const places = placesOf(recommendation)
  const rows = runs.map((run) => [
    run.provider === 'simulated' ? `${run.model} (simulated)` : run.model,
    roleWords(run),
    accuracyWithInterval(run),
    run.completeness === null ? '' : score(run.completeness),
    run.consistency === null ? 'not measured' : score(run.consistency),
    duration(run.latencyMs.p50),
    duration(run.latencyMs.p95),
    costWords(run),
    totalWords(run.scores),
    run.fieldRelative === null ? '' : score(run.fieldRelative),
    frontCell(run.model, places),
    failures(run, all),
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
  return `${table(titles, rows, 'llrrrrrrrrll')}\n\n<sub>${pooled.length === 0 ? '' : `These are the figures of this evaluation alone; the verdict rests on ${pooled.length + 1}. `}Total decides; min-max is the source's score relative to this field, shown beside it. A total in brackets is without the unknown cost and not comparable. Cost is of the whole run at list price. On the Pareto front, by point estimate, is a model than which none is better in accuracy, speed or cost without being worse in another; else it is said which beats it.</sub>`
}

const setAside: readonly RunReport['status'][] = ['dropped', 'locked', 'invalid', 'failed']

/** What a model was in an evaluation; one that was asked and not compared says why. */
export function roleWords({ role, status }: RunReport): string {
  return setAside.includes(status) ? `${role}, ${status}` : role
}

/** The cost of a run; of one without an answer it is not the price that is unknown. */
export function costWords({ costUsd, scored }: RunReport): string {
  return costUsd === null && scored === 0 ? '' : money(costUsd)
}

/** A score of a run; a run that is not judged has none. */
export function scoreWords(value: number | null): string {
  return value === null ? 'not judged' : score(value)
}

/** A total without cost cannot be held against one with it, and stands in brackets. */
export function totalWords({ total, cost }: RunReport['scores']): string {
  if (total === null) return ''
  return cost === null ? `(${score(total)})` : score(total)
}

function accuracyWithInterval({ accuracy, accuracyCi95 }: RunReport): string {
  return accuracy === null || accuracyCi95 === null
    ? scoreWords(accuracy)
    : `${score(accuracy)} (${score(accuracyCi95[0])} to ${score(accuracyCi95[1])})`
}

function failures({ model, failed, asked }: RunReport, all: readonly FailureReport[]): string {
  const calls = Object.values(failed).reduce((sum, times) => sum + times, 0)
  return `${count(calls)} of ${count(asked)}${calls === 0 ? '' : `: ${failureWords(all, model)}`}`
}

function failureTable({ failures: all }: EvaluationReport): string {
  if (all.length === 0) return ''
  const rows = all.map(({ model, kind, calls, isOfProvider, example }) => {
    return [model, kind, count(calls), isOfProvider ? 'the provider' : 'the model', example]
  })
  return `**Failed calls**\n\n${table(['Model', 'Kind', 'Calls', 'Reason lies with', 'For example'], rows, 'llrll')}`
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
