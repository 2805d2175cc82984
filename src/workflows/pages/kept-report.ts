import type { AssignmentChange } from '../../database/assignment-queries.ts'
import type { Database } from '../../database/database.ts'
import type { EvaluationReport } from '../../reporting/cycle-report.ts'
import { evaluationReport } from '../evaluation-report.ts'

const mostKept = 60
const kept = new WeakMap<Database['db'], Map<string, Promise<EvaluationReport>>>()

/**
 * The report of a finished evaluation, read once until the seat changes hands: pages ask for it all the time, and it is made
 * from a large record.
 * @param changes of the seat, the newest first
 */
export function keptReport(
  db: Database['db'],
  id: string,
  changes: readonly AssignmentChange[],
): Promise<EvaluationReport> {
  const reports = kept.get(db) ?? new Map<string, Promise<EvaluationReport>>()
  kept.set(db, reports)
  const key = `${id} ${changes[0]?.assignedAt.toISOString()}`
  const known = reports.get(key)
  if (known !== undefined) return known
  const report = evaluationReport(db, id)
  reports.set(key, report)
  report.catch(() => reports.delete(key))
  const [oldest] = reports.keys()
  if (reports.size > mostKept && oldest !== undefined) reports.delete(oldest)
  return report
}
