import type { Config } from '../../config/config.ts'
import { type NextSlot, nextSlots } from '../../scheduling/next-slots.ts'

/** When a tier is evaluated next; undefined where nothing is scheduled. */
export function nextEvaluation(config: Config, now: Date): NextSlot | undefined {
  return nextSlots(config, now).find(({ schedule }) => schedule.startsWith('tier'))
}
