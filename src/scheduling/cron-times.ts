import { Cron } from 'croner'

/** When something is due: a cron expression of five fields in an IANA time zone. */
export interface CronTimes {
  cron: string
  timeZone: string
}

/**
 * The first time after `from`. An hour that clocks skip in spring is made up for right after the gap, and one that they
 * repeat in autumn counts once, so that a weekly time comes every week.
 * @returns undefined when there is none
 */
export function nextTime(times: CronTimes, from: Date): Date | undefined {
  return croner(times).nextRun(from) ?? undefined
}

/** The last times up to and with `until`, the newest first. */
export function lastTimes(times: CronTimes, count: number, until: Date): Date[] {
  // Croner leaves out the reference itself.
  return croner(times).previousRuns(count, new Date(until.getTime() + 1))
}

/** Reading an expression takes as long as using it; there are as many as a configuration has. */
const known = new Map<string, Cron>()

function croner({ cron, timeZone }: CronTimes): Cron {
  const key = `${cron} ${timeZone}`
  const found = known.get(key) ?? new Cron(cron, { timezone: timeZone, paused: true, sloppyRanges: true })
  known.set(key, found)
  return found
}
