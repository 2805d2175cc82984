import type { Config } from '../config/config.ts'
import { nextTime } from './cron-times.ts'
import { schedulesOf } from './schedules.ts'

export interface NextSlot {
  /** `tier-1`, `report`, `send`, `discover`. */
  schedule: string
  dueAt: Date
  /** What happens then: `tier 1 (core) is evaluated`. */
  words: string
}

/** When each schedule is due next, the first one first; in the order of the stages where times are the same. */
export function nextSlots(config: Pick<Config, 'tiers' | 'schedule'>, now: Date): NextSlot[] {
  return schedulesOf(config)
    .flatMap(({ name, times, words }) => {
      const dueAt = nextTime(times, now)
      return dueAt === undefined ? [] : [{ schedule: name, dueAt, words }]
    })
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}
