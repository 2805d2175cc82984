import { type Cycle, finishCycle } from '../database/cycle-queries.ts'
import type { CycleReport, EvaluationReport } from '../reporting/cycle-report.ts'
import { tellOfBudget } from './budget-alerts.ts'
import { cycleCosts } from './cycle-costs.ts'
import { evaluationReport } from './evaluation-report.ts'
import { sinceLastReport } from './since-last-report.ts'
import type { Workspace } from './workspace.ts'
import { writeReport } from './write-report.ts'

/**
 * Ends a cycle with its report.
 * @param evaluationIds those that are told of; what confirms another is told with it
 * @param notes what was not as planned, in sentences
 * @throws WorkFailed when the files cannot be written; the cycle is over all the same
 */
export async function reportCycle(
  workspace: Workspace,
  { id, startedAt }: Pick<Cycle, 'id' | 'startedAt'>,
  evaluationIds: Iterable<string>,
  notes: readonly string[] = [],
): Promise<CycleReport> {
  const { config, database, clock } = workspace
  const now = clock.now()
  const costs = await cycleCosts(workspace, id, now)
  const unwritten: CycleReport = {
    cycle: id,
    startedAt: startedAt.toISOString(),
    finishedAt: now.toISOString(),
    evaluations: await evaluationReports(workspace, evaluationIds),
    notes: [...notes, ...(await sinceLastReport(database.db, startedAt, config.schedule.timeZone))],
    costs,
    reports: [],
  }
  // Whatever becomes of the files, everything is decided: `incumbent report` can write them.
  await finish(workspace, unwritten)
  await tellOfBudget(workspace, costs, now)
  const report = await writeReport(workspace, unwritten)
  await finish(workspace, report)
  return report
}

/** In the order of the tiers. */
export async function evaluationReports(
  { database }: Workspace,
  evaluationIds: Iterable<string>,
): Promise<EvaluationReport[]> {
  const evaluations: EvaluationReport[] = []
  for (const id of evaluationIds) evaluations.push(await evaluationReport(database.db, id))
  return evaluations.sort((a, b) => a.tier - b.tier)
}

async function finish({ database }: Workspace, report: CycleReport): Promise<void> {
  const { cycle, finishedAt, reports } = report
  const end = { status: 'completed', finishedAt: new Date(finishedAt), reports, summary: report } as const
  await finishCycle(database.db, cycle, end)
}
