import type { Config } from '../config/config.ts'
import { dayAndTime } from '../shared/format-date.ts'
import { type Check, good, warning } from '../workflows/doctor/check.ts'
import { nextSlots } from './next-slots.ts'

/** In which zone the schedule is read, and what is due next. */
export function checkSchedule({ tiers, schedule }: Pick<Config, 'tiers' | 'schedule'>, now: Date): Check {
  const { timeZone } = schedule
  const [next] = nextSlots({ tiers, schedule }, now)
  if (next === undefined) {
    return warning('schedule', 'nothing is ever due', 'Look at the cron expressions under tiers and schedule')
  }
  const due = `${dayAndTime(next.dueAt, timeZone)} ${next.words}`
  return good('schedule', `in the zone ${timeZone}; next: ${due}, while npx incumbent serve runs`)
}
