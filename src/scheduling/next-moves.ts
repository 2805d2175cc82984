import type { Slot, UnfinishedSlot } from '../database/slot-queries.ts'
import { deadlineOf, stageOf } from './stage.ts'

export interface Moves {
  /** May begin now, or go on: whoever holds a slot that is being carried refuses it. */
  start: Slot[]
  /** Have had their time. */
  end: { slot: Slot; state: 'failed' | 'skipped'; note: string }[]
  /** Would begin now, if the slot of an earlier round, long under way, were not in the way. */
  overlapping: { slot: Slot; earlier: Slot }[]
}

/** Whoever carries a slot ends it at its deadline; after so long the process is taken for hung. */
const hungMs = 5 * 60_000

/**
 * What follows from the slots that are not finished. Times are earliest starts: tiers are evaluated one after the other, the
 * report waits for them until its deadline, sending waits for the report, and no round begins before the one before it ended.
 * A round that has begun comes to its end; one that never did gives way to a newer one.
 * @param slots all unfinished ones, in the order of their times
 * @param waitMs how long after its time a report waits
 */
export function nextMoves(slots: readonly UnfinishedSlot[], now: Date, waitMs: number): Moves {
  const moves: Moves = { start: [], end: [], overlapping: [] }
  for (const slot of slots) {
    const ending = endOf(slot, slots, now, waitMs)
    if (ending !== undefined) moves.end.push({ slot, ...ending })
  }
  const ended = new Set(moves.end.map(({ slot }) => slot))
  const open = slots.filter((slot) => !ended.has(slot))
  for (const slot of open) {
    if (slot.notBefore !== undefined && slot.notBefore > now) continue
    const [blocking] = open.filter((other) => blocks(other, slot, now))
    if (blocking === undefined) moves.start.push(slot)
    else if (isOfEarlierRound(blocking, slot) && isLongUnderWay(blocking, now))
      moves.overlapping.push({ slot, earlier: blocking })
  }
  return moves
}

function endOf(
  slot: UnfinishedSlot,
  slots: readonly Slot[],
  now: Date,
  waitMs: number,
): Omit<Moves['end'][number], 'slot'> | undefined {
  const isReplaced = slots.some(({ schedule, dueAt }) => schedule === slot.schedule && dueAt > slot.dueAt)
  if (isReplaced && slot.tries === 0 && !slot.isRoundBegun)
    return { state: 'skipped', note: 'It never began, and a newer one is due.' }
  const deadline = deadlineOf(slot, waitMs)
  if (stageOf(slot).stage !== 'tier' || deadline === undefined) return undefined
  const lastMoment = slot.state === 'running' ? deadline.getTime() + hungMs : deadline.getTime()
  if (now.getTime() < lastMoment) return undefined
  return { state: 'failed', note: notDone(waitMs) }
}

/** Why a tier is missing in a report that could not wait any longer. */
export function notDone(waitMs: number): string {
  return `It was not done within ${waitMs / 3_600_000} hours after the report was due.`
}

function blocks(other: Slot, slot: Slot, now: Date): boolean {
  if (other === slot || slot.roundAt === undefined || other.roundAt === undefined) return false
  const { stage } = stageOf(slot)
  const { stage: otherStage } = stageOf(other)
  if (isOfEarlierRound(other, slot)) return otherStage !== 'send' || stage === 'send'
  if (other.roundAt.getTime() !== slot.roundAt.getTime()) return false
  if (stage === 'send') return otherStage === 'report' || otherStage === 'tier'
  if (stage === 'report') return otherStage === 'tier'
  // A tier that waits for its quota leaves the time to the others.
  const isPaused = other.notBefore !== undefined && other.notBefore > now
  return otherStage === 'tier' && !isPaused && isBefore(other, slot)
}

/** Shorter waits are worth no word: the report of a week that was missed is made in seconds. */
const patienceMs = 5 * 60_000

function isLongUnderWay({ startedAt }: Slot, now: Date): boolean {
  return startedAt !== undefined && now.getTime() - startedAt.getTime() >= patienceMs
}

function isOfEarlierRound(other: Slot, slot: Slot): boolean {
  return other.roundAt !== undefined && slot.roundAt !== undefined && other.roundAt < slot.roundAt
}

function isBefore(other: Slot, slot: Slot): boolean {
  const order = other.dueAt.getTime() - slot.dueAt.getTime()
  return order < 0 || (order === 0 && other.schedule < slot.schedule)
}
