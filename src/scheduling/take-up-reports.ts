import type { Absence } from '../database/presence-queries.ts'
import { roundsWithoutReport, takeUpSlot } from '../database/slot-queries.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { nextTime } from './cron-times.ts'
import type { Schedule } from './schedules.ts'
import { latenessNote } from './slot-times.ts'

/**
 * A report that was missed, and others after it, is made and sent all the same where one of its tiers was evaluated: nobody
 * else would end its cycle, or tell of its results.
 * @returns when they were due, and what is told of that
 */
export async function takeUpReports(
  { config, database: { db }, clock }: Workspace,
  schedules: readonly Schedule[],
  absence: Absence | undefined,
  by: string,
): Promise<{ dueAt: Date; note: string }[]> {
  const now = clock.now()
  const [report, send] = (['report', 'send'] as const).map((name) => schedules.find(({ stage }) => stage === name))
  const taken: { dueAt: Date; note: string }[] = []
  for (const roundAt of await roundsWithoutReport(db, now)) {
    if (report === undefined || send === undefined) break
    const slotOf = ({ name, expression }: Schedule, dueAt: Date) => {
      const note = latenessNote({ dueAt, missed: [] }, now, absence, config.schedule.timeZone)
      return { schedule: name, expression, dueAt, roundAt, ...(note === undefined ? {} : { note }) }
    }
    // The report last: with it the round has one, also for whoever goes on here after a crash.
    await takeUpSlot(db, slotOf(send, sendTime(send, roundAt, now)), by, now)
    const slot = slotOf(report, roundAt)
    if (await takeUpSlot(db, slot, by, now)) taken.push({ dueAt: roundAt, note: slot.note ?? '' })
  }
  return taken
}

/** The first time from the report on; where that is still to come, it is sent as soon as it is made. */
function sendTime({ times }: Schedule, roundAt: Date, now: Date): Date {
  const next = nextTime(times, new Date(roundAt.getTime() - 1))
  return next === undefined || next > now ? roundAt : next
}
