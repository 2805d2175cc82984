import { loadCycle, openCycle } from '../database/cycle-queries.ts'
import { nameCycleOfSlot, type Slot, slotsOfRound } from '../database/slot-queries.ts'
import { UserError } from '../shared/user-error.ts'
import type { CycleListener } from '../workflows/cycle-listener.ts'
import { queueReport } from '../workflows/delivery/queue-report.ts'
import { evaluateTier } from '../workflows/scheduled/evaluate-tier.ts'
import { reportRound } from '../workflows/scheduled/report-round.ts'
import { watchRegistry } from '../workflows/scheduled/watch-registry.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { roundNotes } from './slot-times.ts'
import { cycleOf, stageOf } from './stage.ts'

type Worked = { state: 'done' | 'skipped'; note?: string }

/** What a slot is for. @throws what keeps it from being done */
export async function workOfSlot(
  workspace: Workspace,
  slot: Slot,
  listener: CycleListener,
  signal: AbortSignal,
): Promise<Worked> {
  const { db } = workspace.database
  const { stage, tier = 0 } = stageOf(slot)
  if (stage === 'discover') {
    const happened = await watchRegistry(workspace, signal)
    return happened.length === 0 ? { state: 'done' } : { state: 'done', note: `${happened.join('. ')}.` }
  }
  const cycleId = cycleOf(slot.roundAt ?? slot.dueAt)
  if (stage === 'tier') {
    await openCycle(db, { id: cycleId, startedBy: 'schedule', startedAt: workspace.clock.now() })
    await nameCycleOfSlot(db, slot, cycleId)
    await evaluateTier(workspace, { cycleId, tier, begunAt: slot.startedAt ?? slot.claimedAt }, listener, signal)
    return { state: 'done' }
  }
  const cycle = await loadCycle(db, cycleId)
  if (cycle === undefined) return { state: 'skipped', note: 'No tier was evaluated for it.' }
  await nameCycleOfSlot(db, slot, cycleId)
  if (stage === 'report') {
    await reportRound(workspace, cycleId, roundNotes(await slotsOfRound(db, slot.roundAt ?? slot.dueAt)), signal)
  } else {
    if (cycle.status !== 'completed') throw new UserError('There is no report to send: making it failed.')
    await queueReport(db, workspace.config, cycleId, workspace.clock.now())
  }
  return { state: 'done' }
}
