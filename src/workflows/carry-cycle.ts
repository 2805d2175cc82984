import { finishCycle } from '../database/cycle-queries.ts'
import { spentOn } from '../database/run-queries.ts'
import type { CycleReport, EvaluationReport } from '../reporting/cycle-report.ts'
import { withinBudget } from './budget.ts'
import type { CycleListener } from './cycle-listener.ts'
import { evaluationReport } from './evaluation-report.ts'
import { loadHistory } from './history.ts'
import type { PreparedCycle } from './prepare-cycle.ts'
import { runEvaluation } from './run-evaluation.ts'
import { saveDecision } from './save-decision.ts'
import type { Workspace } from './workspace.ts'
import { writeReport } from './write-report.ts'

/**
 * Runs, decides and reports the evaluations of a cycle, one after the other.
 * @param finished reports of evaluations that an earlier process of this cycle has finished
 */
export async function carryCycle(
  workspace: Workspace,
  cycle: PreparedCycle,
  listener: CycleListener,
  signal: AbortSignal,
  finished: readonly EvaluationReport[] = [],
): Promise<CycleReport> {
  const { database, clock } = workspace
  const evaluations = [...finished]
  try {
    const ids = [...cycle.evaluations.map(({ evaluation }) => evaluation.id), ...finished.map(({ id }) => id)]
    const budget = withinBudget(workspace, signal, await spentOn(database.db, ids))
    for (const prepared of cycle.evaluations) {
      const heard = { ...listener, outcome: budget.alsoCounting((outcome) => listener.outcome(outcome)) }
      const outcomes = await runEvaluation(prepared, cycle.connections, workspace, heard, budget.signal)
      // Loaded after the calls: what it needs for its mathematics would add to the peak of the memory.
      const { decideEvaluation } = await import('./decide-evaluation.ts')
      const history = await loadHistory(database.db, prepared.evaluation)
      const decided = decideEvaluation(prepared.evaluation, outcomes, history)
      await saveDecision(workspace, prepared.evaluation, decided)
      const report = await evaluationReport(database.db, prepared.evaluation.id)
      listener.finished()
      evaluations.push(report)
    }
  } catch (error) {
    listener.stopped()
    throw error
  }
  const unwritten: CycleReport = {
    cycle: cycle.id,
    startedAt: cycle.startedAt.toISOString(),
    finishedAt: clock.now().toISOString(),
    evaluations: evaluations.sort((a, b) => a.tier - b.tier),
    reports: [],
  }
  // Whatever becomes of the files, everything is decided: `incumbent report` can write them.
  await finish(workspace, unwritten)
  const report = await writeReport(workspace, unwritten)
  await finish(workspace, report)
  return report
}

async function finish({ database }: Workspace, report: CycleReport): Promise<void> {
  const { cycle, finishedAt, reports } = report
  const end = { status: 'completed', finishedAt: new Date(finishedAt), reports, summary: report } as const
  await finishCycle(database.db, cycle, end)
}
