import { letCycleWait, reopenCycle } from '../../database/cycle-queries.ts'
import { listEvaluations, reopenEvaluation } from '../../database/evaluation-queries.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { refuseOverBudget } from '../budget.ts'
import { carryEvaluations } from '../carry-cycle.ts'
import type { CycleListener } from '../cycle-listener.ts'
import { wholeRequest } from '../cycle-request.ts'
import { withCycleHeld } from '../hold-cycle.ts'
import { insertPlannedEvaluation } from '../insert-planned-evaluation.ts'
import { type PreparedCycle, prepareCycle } from '../prepare-cycle.ts'
import { prepareAgain } from '../resume-cycle.ts'
import { tickRollouts } from '../rollout/decide-rollout.ts'
import type { Workspace } from '../workspace.ts'

/** A tier of a cycle whose slots come one after the other. */
export interface ScheduledTier {
  /** Of a cycle that was opened (`openCycle`). */
  cycleId: string
  tier: number
  /** When the slot was first begun: evaluations of the tier since then are its own. */
  begunAt: Date
}

/**
 * Evaluates a tier as a part of a cycle: begins, goes on with what was cut off, or finds that all is done. The cycle then
 * waits for its next slot.
 * @throws QuotaUsedUp when the quota of the day is used up; it goes on with the next call
 * @throws UserError when configuration, golden data or budget do not allow it; what the signal is aborted with
 */
export async function evaluateTier(
  workspace: Workspace,
  scheduled: ScheduledTier,
  listener: CycleListener,
  signal: AbortSignal,
): Promise<void> {
  const { database } = workspace
  const { cycleId, tier } = scheduled
  const known = await evaluationsOf(workspace, scheduled)
  const interrupted = known.filter(({ status }) => status === 'interrupted' || status === 'running')
  if (known.length > 0 && interrupted.length === 0) return
  if (known.length === 0) for (const happened of await tickRollouts(workspace)) listener.note(happened)
  const cycle =
    known.length === 0 ? await begun(workspace, scheduled, signal) : await again(workspace, interrupted, signal)
  for (const evaluation of cycle.evaluations) evaluation.waitsForQuota = true
  await withCycleHeld(database, cycleId, [tier], signal, async (held) => {
    await reopenCycle(database.db, cycleId)
    if (known.length === 0) await insertAll(workspace, cycle)
    for (const { id } of interrupted) await reopenEvaluation(database.db, id)
    await carryEvaluations(workspace, { ...cycle, id: cycleId }, listener, held)
    await letCycleWait(database.db, cycleId)
  })
}

async function evaluationsOf({ database }: Workspace, { cycleId, tier, begunAt }: ScheduledTier) {
  const all = await listEvaluations(database.db, { cycleId, tier, confirmations: true, limit: 1000 })
  return all.filter(({ startedAt }) => startedAt >= begunAt)
}

async function begun(
  workspace: Workspace,
  { cycleId, tier }: ScheduledTier,
  signal: AbortSignal,
): Promise<PreparedCycle> {
  const cycle = await prepareCycle(workspace, { ...wholeRequest, tiers: [tier] }, signal, cycleId)
  await refuseOverBudget(workspace, cycle)
  return cycle
}

async function again(workspace: Workspace, interrupted: readonly Evaluation[], signal: AbortSignal) {
  const startedAt = interrupted[0]?.startedAt ?? workspace.clock.now()
  return { id: '', startedAt, ...(await prepareAgain(workspace, interrupted, signal)) }
}

async function insertAll({ database }: Workspace, { evaluations }: PreparedCycle): Promise<void> {
  for (const { evaluation } of evaluations) await insertPlannedEvaluation(database.db, evaluation)
}
