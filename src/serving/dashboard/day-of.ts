import { dayAndMonth, yearIn } from '../../shared/format-date.ts'

/** 22 Mar, or 22 Dec 2025 in another year than this one. @param time ISO 8601 */
export function dayOf(time: string, timeZone: string, now: Date): string {
  return dayAndMonth(new Date(time), timeZone, yearIn(now, timeZone))
}
