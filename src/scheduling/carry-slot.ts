import { databaseFailure } from '../database/database-failure.ts'
import { holdSlot } from '../database/holds.ts'
import { type Slot, type SlotKey, startSlot, unfinishedSlots } from '../database/slot-queries.ts'
import { UserError } from '../shared/user-error.ts'
import type { CycleListener } from '../workflows/cycle-listener.ts'
import { HeldByOther } from '../workflows/hold-cycle.ts'
import { QuotaUsedUp } from '../workflows/used-up-quotas.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { nextMoves, notDone } from './next-moves.ts'
import { tellOfQuota, tellThatItGoesOn } from './slot-alerts.ts'
import { type Carried, ended, waits } from './slot-end.ts'
import { deadlineOf, stageOf, waitMsOf } from './stage.ts'
import { workOfSlot } from './work-of-slot.ts'

export interface CarryOptions {
  workspace: Workspace
  /** This process, for people. */
  by: string
  listener: CycleListener
  /** Aborted when the service is being stopped: what is under way is handed back. */
  signal: AbortSignal
  key: SlotKey
  /** Whether it is not tried again by itself. */
  isLastTry: boolean
}

/**
 * Carries one slot to its end, or as far as it comes: what has to wait for a time, or for whoever takes it next, waits in
 * `schedule_slots`.
 * @returns undefined when it is not its turn, or somebody else has it
 * @throws what went wrong, where another try may help
 */
export async function carrySlot(options: CarryOptions): Promise<Carried | undefined> {
  const { workspace, by, key } = options
  const { database, clock, config } = workspace
  const hold = await holdSlot(database, key)
  if (hold.status === 'held-elsewhere') return undefined
  try {
    const open = await unfinishedSlots(database.db)
    const { start } = nextMoves(open, clock.now(), waitMsOf(config.schedule))
    if (!start.some((slot) => isSame(slot, key))) return undefined
    const slot = await startSlot(database.db, key, by, clock.now())
    if (slot === undefined) return undefined
    await tellThatItGoesOn(workspace, slot)
    return await carried(options, slot, AbortSignal.any([options.signal, hold.lost]))
  } finally {
    await hold.release()
  }
}

async function carried(options: CarryOptions, slot: Slot, signal: AbortSignal): Promise<Carried> {
  const { workspace } = options
  const limit = deadlineSignal(workspace, slot)
  try {
    const { state, note } = await workOfSlot(workspace, slot, options.listener, AbortSignal.any([signal, limit.signal]))
    return await ended(workspace, slot, state, note)
  } catch (error) {
    if (limit.signal.aborted) return await ended(workspace, slot, 'failed', `${limit.signal.reason}`)
    return await afterFailure(options, slot, error, signal)
  } finally {
    limit.clear()
  }
}

/** A tier that is not done in time is left to the report as it is. */
function deadlineSignal({ clock, config }: Workspace, slot: Slot) {
  const limit = new AbortController()
  const over = new AbortController()
  const waitMs = waitMsOf(config.schedule)
  const deadline = stageOf(slot).stage === 'tier' ? deadlineOf(slot, waitMs) : undefined
  if (deadline !== undefined) {
    const leftMs = Math.max(0, deadline.getTime() - clock.now().getTime())
    const expire = () => limit.abort(notDone(waitMs))
    clock.sleep(leftMs, over.signal).then(expire, () => undefined)
  }
  return { signal: limit.signal, clear: () => over.abort() }
}

const heldPauseMs = 5 * 60_000

async function afterFailure(options: CarryOptions, slot: Slot, error: unknown, signal: AbortSignal): Promise<Carried> {
  const { workspace, isLastTry } = options
  const now = workspace.clock.now()
  // Nothing can be written down; whoever is there when the database is back goes on.
  if (databaseFailure(error) !== undefined) throw error
  if (signal.aborted) return waits(workspace, slot, undefined, undefined)
  if (error instanceof QuotaUsedUp) {
    const note = await tellOfQuota(workspace, slot, error)
    return waits(workspace, slot, error.goesOnAt, note)
  }
  if (error instanceof HeldByOther) return waits(workspace, slot, new Date(now.getTime() + heldPauseMs), error.message)
  // What is wrong with the configuration or the budget is so at the next try, too; a provider may be back when it goes on.
  const isHopeless = error instanceof UserError && slot.tries === 1
  if (isHopeless || isLastTry) return ended(workspace, slot, 'failed', messageOf(error))
  await waits(workspace, slot, undefined, undefined)
  throw error
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isSame(a: SlotKey, b: SlotKey): boolean {
  return a.schedule === b.schedule && a.dueAt.getTime() === b.dueAt.getTime()
}
