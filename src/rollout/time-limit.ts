import type { Rollout } from './rollout.ts'

const dayMs = 24 * 60 * 60 * 1000

/** When what begins to wait now has waited long enough. */
export function timeLimit({ settings }: Pick<Rollout, 'settings'>, now: Date): Date {
  return new Date(now.getTime() + settings.waitDays * dayMs)
}
