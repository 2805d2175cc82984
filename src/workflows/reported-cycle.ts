import { type Cycle, listCycles, loadCycle } from '../database/cycle-queries.ts'
import { UserError } from '../shared/user-error.ts'
import { theEvaluation } from './recommend-again.ts'
import type { Workspace } from './workspace.ts'

/**
 * The cycle that a report is of: that of an evaluation, or the newest that is finished.
 * @throws UserError when there is none
 */
export async function reportedCycle(workspace: Workspace, evaluationId: string | undefined): Promise<Cycle> {
  if (evaluationId === undefined) return newestCycle(workspace)
  const { cycleId } = await theEvaluation(workspace, evaluationId)
  const cycle = await loadCycle(workspace.database.db, cycleId)
  if (cycle === undefined) throw new Error(`The cycle ${cycleId} is not there.`)
  return cycle
}

async function newestCycle({ database }: Workspace): Promise<Cycle> {
  const finished = (await listCycles(database.db, 50)).find(({ status }) => status === 'completed')
  if (finished === undefined) throw new UserError('There is nothing to report yet: npx incumbent run')
  return finished
}
