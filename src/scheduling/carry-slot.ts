import { loadCycle, openCycle } from '../database/cycle-queries.ts'
import { databaseFailure } from '../database/database-failure.ts'
import { holdSlot } from '../database/holds.ts'
import {
  endSlot,
  nameCycleOfSlot,
  postponeSlot,
  type Slot,
  type SlotKey,
  slotsOfRound,
  startSlot,
  unfinishedSlots,
} from '../database/slot-queries.ts'
import { UserError } from '../shared/user-error.ts'
import { uuidFromName } from '../shared/uuid-from-name.ts'
import type { CycleListener } from '../workflows/cycle-listener.ts'
import { queueReport } from '../workflows/delivery/queue-report.ts'
import { HeldByOther } from '../workflows/hold-cycle.ts'
import { evaluateTier } from '../workflows/scheduled/evaluate-tier.ts'
import { reportRound } from '../workflows/scheduled/report-round.ts'
import { watchRegistry } from '../workflows/scheduled/watch-registry.ts'
import { QuotaUsedUp } from '../workflows/used-up-quotas.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { nextMoves, notDone } from './next-moves.ts'
import { tellOfFailure, tellOfQuota, tellThatItGoesOn } from './slot-alerts.ts'
import { roundNotes } from './slot-times.ts'
import { deadlineOf, stageOf } from './stage.ts'

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

export interface Carried {
  slot: Slot
  state: 'done' | 'failed' | 'skipped' | 'waiting'
  note: string | undefined
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

export function waitMsOf({ waitHours }: { waitHours: number }): number {
  return waitHours * 3_600_000
}

/** The cycle of a round, whichever process begins it. */
export function cycleOf(roundAt: Date): string {
  return uuidFromName(`cycle of the report of ${roundAt.toISOString()}`)
}

async function carried(options: CarryOptions, slot: Slot, signal: AbortSignal): Promise<Carried> {
  const limit = deadlineSignal(options.workspace, slot)
  try {
    const { state, note } = await work(options, slot, AbortSignal.any([signal, limit.signal]))
    return await ended(options, slot, state, note)
  } catch (error) {
    if (limit.signal.aborted) return await ended(options, slot, 'failed', `${limit.signal.reason}`)
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

type Worked = { state: 'done' | 'skipped'; note?: string }

async function work(options: CarryOptions, slot: Slot, signal: AbortSignal): Promise<Worked> {
  const { workspace, listener } = options
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
  if (isHopeless || isLastTry) return ended(options, slot, 'failed', messageOf(error))
  await waits(workspace, slot, undefined, undefined)
  throw error
}

async function waits(
  { database }: Workspace,
  slot: Slot,
  notBefore: Date | undefined,
  sentence: string | undefined,
): Promise<Carried> {
  const note = withSentence(slot.note, sentence)
  await postponeSlot(database.db, slot, { notBefore, note })
  return { slot, state: 'waiting', note }
}

async function ended(
  { workspace }: CarryOptions,
  slot: Slot,
  state: 'done' | 'failed' | 'skipped',
  sentence: string | undefined,
): Promise<Carried> {
  const note = withSentence(slot.note, sentence)
  const isLastWord = await endSlot(workspace.database.db, slot, { state, at: workspace.clock.now(), note })
  if (isLastWord && state === 'failed') await tellOfFailure(workspace, slot, sentence ?? '')
  return { slot, state, note }
}

function withSentence(note: string | undefined, sentence: string | undefined): string | undefined {
  if (sentence === undefined || note?.includes(sentence) === true) return note
  return note === undefined ? sentence : `${note} ${sentence}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isSame(a: SlotKey, b: SlotKey): boolean {
  return a.schedule === b.schedule && a.dueAt.getTime() === b.dueAt.getTime()
}
