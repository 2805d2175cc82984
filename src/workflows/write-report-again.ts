import { listEvaluations } from '../database/evaluation-queries.ts'
import type { CycleReport } from '../reporting/cycle-report.ts'
import type { ReportFormat } from '../reporting/report-format.ts'
import { UserError } from '../shared/user-error.ts'
import { evaluationReports } from './report-cycle.ts'
import { reportedCycle } from './reported-cycle.ts'
import type { Workspace } from './workspace.ts'
import { writeReport } from './write-report.ts'

/** Writes the report of a cycle again from what is stored: that of an evaluation, or the newest that is finished. */
export async function writeReportAgain(
  workspace: Workspace,
  evaluationId: string | undefined,
  formats?: readonly ReportFormat[],
): Promise<CycleReport> {
  return writeReport(workspace, await storedReport(workspace, evaluationId), formats)
}

/**
 * The report of a cycle from what is stored: that of an evaluation, or the newest that is finished.
 * @throws UserError when none of its evaluations is finished
 */
export async function storedReport(workspace: Workspace, evaluationId: string | undefined): Promise<CycleReport> {
  const { db } = workspace.database
  const cycle = await reportedCycle(workspace, evaluationId)
  const { id: cycleId } = cycle
  const finished = (await listEvaluations(db, { cycleId, limit: 1000 })).filter(
    ({ status }) => status === 'completed' || status === 'invalid',
  )
  const evaluations = await evaluationReports(
    workspace,
    finished.map(({ id }) => id),
  )
  if (evaluations.length === 0) {
    throw new UserError(
      `Cycle ${cycleId} is ${cycle.status}: none of its evaluations is finished. npx incumbent resume`,
    )
  }
  // What was so at that time cannot be found out again.
  const told = cycle.summary as Partial<Pick<CycleReport, 'notes' | 'costs'>> | undefined
  return {
    cycle: cycleId,
    startedAt: cycle.startedAt.toISOString(),
    finishedAt: (cycle.finishedAt ?? cycle.startedAt).toISOString(),
    evaluations,
    notes: told?.notes ?? [],
    costs: told?.costs ?? null,
    reports: [],
  }
}
