import { listEvaluations } from '../database/evaluation-queries.ts'
import { spentOn } from '../database/run-queries.ts'
import type { CycleReport } from '../reporting/cycle-report.ts'
import { withinBudget } from './budget.ts'
import { carryEvaluation } from './carry-evaluation.ts'
import type { CycleListener } from './cycle-listener.ts'
import type { PreparedCycle } from './prepare-cycle.ts'
import { stoppedByQuotas } from './used-up-quotas.ts'
import type { Workspace } from './workspace.ts'

/**
 * Runs, decides and reports the evaluations of a cycle, one after the other.
 * @param finished evaluations that an earlier process of this cycle has finished
 */
export async function carryCycle(
  workspace: Workspace,
  cycle: PreparedCycle,
  listener: CycleListener,
  signal: AbortSignal,
  finished: readonly string[] = [],
): Promise<CycleReport> {
  const carried = await carryEvaluations(workspace, cycle, listener, signal)
  const { reportCycle } = await import('./report-cycle.ts')
  return reportCycle(workspace, cycle, new Set([...finished, ...carried]))
}

/**
 * Runs and decides the evaluations of a cycle, within its budget.
 * @returns those that are told of
 * @throws QuotaUsedUp when one that waits for quotas goes on another day; the others are carried all the same
 */
export async function carryEvaluations(
  workspace: Workspace,
  cycle: PreparedCycle,
  listener: CycleListener,
  signal: AbortSignal,
): Promise<string[]> {
  const { database } = workspace
  const carried: string[] = []
  try {
    const asked = await listEvaluations(database.db, { cycleId: cycle.id, confirmations: true, limit: 1000 })
    const spent = await spentOn(
      database.db,
      asked.map(({ id }) => id),
    )
    const budget = withinBudget(workspace, signal, spent)
    const quotas = stoppedByQuotas(workspace.config.schedule.timeZone)
    const heard = { ...listener, outcome: budget.alsoCounting((outcome) => listener.outcome(outcome)) }
    for (const prepared of cycle.evaluations) {
      const work = carryEvaluation(workspace, prepared, cycle.connections, heard, budget.signal)
      if (!(await quotas.carried(work))) continue
      // What confirms another is told with it.
      carried.push(prepared.evaluation.confirms ?? prepared.evaluation.id)
    }
    quotas.refuse()
    return carried
  } catch (error) {
    listener.stopped()
    throw error
  }
}
