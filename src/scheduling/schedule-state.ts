import { roundsWithoutReport, unfinishedSlots } from '../database/slot-queries.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { nextSlots } from './next-slots.ts'
import { lateMs } from './slot-times.ts'
import { slotWords } from './stage.ts'

/** Times are ISO 8601. */
export interface ScheduleState {
  timeZone: string
  /** The first one first. */
  next: { schedule: string; dueAt: string; words: string }[]
  /** Was due and is not done. */
  unfinished: {
    schedule: string
    dueAt: string
    words: string
    state: 'waiting' | 'running'
    notBefore: string | null
    note: string | null
  }[]
  /** When reports were due that nobody has made though a tier was evaluated: the next service does. */
  unreported: string[]
}

/** What the schedule does next, and what it has not done yet. */
export async function scheduleState({ config, database, clock }: Workspace): Promise<ScheduleState> {
  const unfinished = await unfinishedSlots(database.db)
  const unreported = await roundsWithoutReport(database.db, new Date(clock.now().getTime() - lateMs))
  return {
    timeZone: config.schedule.timeZone,
    next: nextSlots(config, clock.now()).map((slot) => ({ ...slot, dueAt: slot.dueAt.toISOString() })),
    unfinished: unfinished.map((slot) => ({
      schedule: slot.schedule,
      dueAt: slot.dueAt.toISOString(),
      words: slotWords(slot),
      state: slot.state === 'running' ? 'running' : 'waiting',
      notBefore: slot.notBefore?.toISOString() ?? null,
      note: slot.note ?? null,
    })),
    unreported: unreported.map((roundAt) => roundAt.toISOString()),
  }
}
