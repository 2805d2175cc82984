import { loadCycle } from '../../database/cycle-queries.ts'
import { listEvaluations } from '../../database/evaluation-queries.ts'
import { withCycleHeld } from '../hold-cycle.ts'
import { reportCycle } from '../report-cycle.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Ends the cycle of a round with its report, of whatever was done of it.
 * @param notes what was late, has failed or is missing
 * @returns false where no tier was due, so that there is nothing to report
 */
export async function reportRound(
  workspace: Workspace,
  cycleId: string,
  notes: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const { database } = workspace
  const cycle = await loadCycle(database.db, cycleId)
  if (cycle === undefined) return false
  await withCycleHeld(database, cycleId, [], signal, async () => {
    const evaluations = await listEvaluations(database.db, { cycleId, limit: 1000 })
    const decided = evaluations.filter(({ status }) => status === 'completed' || status === 'invalid')
    await reportCycle(
      workspace,
      cycle,
      decided.map(({ id }) => id),
      notes,
    )
  })
  return true
}
