import { type CronTimes, lastTimes, nextTime } from './cron-times.ts'
import type { Schedule } from './schedules.ts'

export interface DueSlot {
  schedule: Schedule
  dueAt: Date
  /** The time of the report that it belongs to; undefined for what has none. */
  roundAt: Date | undefined
  /** Earlier ones that were missed too, the newest first, and no more than `mostMissed`. */
  missed: Date[]
}

/** Missed slots that are worth a record of their own. */
export const mostMissed = 5

/**
 * What is due now: of each schedule the newest time since the one that was seen last. Times in between were missed; only
 * the newest is caught up.
 * @param since when each schedule, by its name, was last due; what has no such time is not due
 */
export function dueSlots(schedules: readonly Schedule[], since: ReadonlyMap<string, Date>, now: Date): DueSlot[] {
  return schedules.flatMap((schedule) => {
    const last = since.get(schedule.name)
    if (last === undefined) return []
    const [dueAt, ...missed] = timesSince(schedule.times, last, now)
    return dueAt === undefined ? [] : [{ schedule, dueAt, missed, roundAt: roundOf(schedule, dueAt, schedules) }]
  })
}

/** The newest first. Mostly there is none, and that is soon found out. */
function timesSince(times: CronTimes, last: Date, now: Date): Date[] {
  const next = nextTime(times, last)
  if (next === undefined || next > now) return []
  const following = nextTime(times, next)
  if (following === undefined || following > now) return [next]
  return lastTimes(times, mostMissed + 1, now).filter((time) => time > last)
}

/** Where a schedule starts that was never seen: the last time before `now`, which does not count as missed. */
export function firstMarks(schedules: readonly Schedule[], now: Date): DueSlot[] {
  return schedules.flatMap((schedule) => {
    const [dueAt] = lastTimes(schedule.times, 1, now)
    return dueAt === undefined ? [] : [{ schedule, dueAt, missed: [], roundAt: undefined }]
  })
}

/** Tiers belong to the report that comes next, sending to the one that came last. */
export function roundOf(schedule: Schedule, dueAt: Date, schedules: readonly Schedule[]): Date | undefined {
  const report = schedules.find(({ stage }) => stage === 'report')?.times
  if (report === undefined || schedule.stage === 'discover') return undefined
  if (schedule.stage === 'report') return dueAt
  return schedule.stage === 'tier' ? firstFrom(report, dueAt) : lastTimes(report, 1, dueAt)[0]
}

function firstFrom(times: CronTimes, from: Date): Date | undefined {
  return nextTime(times, new Date(from.getTime() - 1))
}
