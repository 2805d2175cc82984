import { epochWords } from '../recommendation/reasoning/setting-text.ts'
import { headlineOf } from '../recommendation/reasoning.ts'
import type { CycleReport, EvaluationReport, RunReport } from '../reporting/cycle-report.ts'
import { failureWords } from '../reporting/failure-words.ts'
import { costWords, roleWords, scoreWords, totalWords } from '../reporting/run-words.ts'
import { whatChanged, whatToDo } from '../reporting/what-changed.ts'
import { counted } from '../shared/counted.ts'
import { duration, score } from '../shared/format-number.ts'
import { textTable } from './text-table.ts'

/** What a person reads after a cycle: what changed, what to do, a table per tier, where the report lies. */
export function cycleText(report: CycleReport): string {
  const steps = whatToDo(report)
  return [
    whatChanged(report).join('\n'),
    ...(steps.length === 0 ? [] : [['What to do:', ...steps.map((step) => `  - ${step}`)].join('\n')]),
    ...report.evaluations.map(tierText),
    `Report: ${report.reports.find((path) => path.endsWith('.md')) ?? 'not written'}`,
  ].join('\n\n')
}

function tierText(evaluation: EvaluationReport): string {
  const { id, dataset, samples, runs, reasoning, epochChanges } = evaluation
  const headline = headlineOf(reasoning)
  const about = [
    `${dataset}, ${counted(samples, 'sample')}. Why: npx incumbent explain ${id.slice(0, 8)}`,
    ...(epochChanges.length === 0 ? [] : [epochWords(epochChanges)]),
    ...driftLines(evaluation),
  ].join('\n')
  if (runs.length === 0) return `${headline}\n${about}`
  const columns = [
    { title: 'model' },
    { title: 'role' },
    { title: 'accuracy', align: 'right' as const },
    { title: '95 % interval', align: 'right' as const },
    { title: 'p50', align: 'right' as const },
    { title: 'p95', align: 'right' as const },
    { title: 'cost', align: 'right' as const },
    { title: 'total', align: 'right' as const },
    { title: 'failed', align: 'right' as const },
  ]
  return `${headline}\n${about}\n\n${textTable(
    columns,
    runs.map((run) => runCells(run, evaluation)),
  )}`
}

/** Only where there is something to tell. */
function driftLines({ drift }: EvaluationReport): string[] {
  return drift === null || drift.status === 'steady' || drift.status === 'unwatched' ? [] : [drift.words]
}

function runCells(run: RunReport, { failures }: EvaluationReport): string[] {
  const { model, provider, accuracy, accuracyCi95, latencyMs, scores } = run
  return [
    provider === 'simulated' ? `${model} (simulated)` : model,
    roleWords(run),
    scoreWords(accuracy),
    accuracyCi95 === null ? '' : `${score(accuracyCi95[0])} to ${score(accuracyCi95[1])}`,
    duration(latencyMs.p50),
    duration(latencyMs.p95),
    costWords(run),
    totalWords(scores),
    failureWords(failures, model) || '0',
  ]
}
