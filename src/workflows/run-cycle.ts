import { insertCycle } from '../database/cycle-queries.ts'
import type { CycleReport } from '../reporting/cycle-report.ts'
import { newId } from '../shared/new-id.ts'
import { refuseOverBudget } from './budget.ts'
import { carryCycle } from './carry-cycle.ts'
import type { CycleListener } from './cycle-listener.ts'
import type { CycleRequest } from './cycle-request.ts'
import { withCycleHeld } from './hold-cycle.ts'
import { insertPlannedEvaluation } from './insert-planned-evaluation.ts'
import { prepareCycle } from './prepare-cycle.ts'
import { tickRollouts } from './rollout/decide-rollout.ts'
import type { TierMaterial } from './tier-material.ts'
import type { Workspace } from './workspace.ts'

/**
 * The whole cycle: every tier's models answer the same golden data, the answers are judged, the verdict is stored and,
 * where it may be, applied, and the report is written.
 * @param materials of the request, where they were loaded before
 * @throws UserError before anything is asked, when request, configuration, golden data or budget do not allow it
 * @throws Interrupted when the signal is aborted; what was answered stays and `resume` goes on
 */
export async function runCycle(
  workspace: Workspace,
  request: CycleRequest,
  startedBy: string,
  listener: CycleListener,
  signal: AbortSignal,
  materials?: TierMaterial[],
): Promise<CycleReport> {
  if (request.apply) for (const happened of await tickRollouts(workspace)) listener.note(happened)
  const cycle = await prepareCycle(workspace, request, signal, newId(), materials)
  await refuseOverBudget(workspace, cycle)
  const tiers = cycle.evaluations.map(({ tier }) => tier.id)
  return withCycleHeld(workspace.database, cycle.id, tiers, signal, async (held) => {
    const { db } = workspace.database
    await insertCycle(db, { id: cycle.id, startedBy, startedAt: cycle.startedAt })
    for (const { evaluation } of cycle.evaluations) {
      await insertPlannedEvaluation(db, evaluation)
    }
    return carryCycle(workspace, cycle, listener, held)
  })
}
