import type { Slot, SlotKey } from '../database/slot-queries.ts'
import { uuidFromName } from '../shared/uuid-from-name.ts'

export type Stage = 'discover' | 'tier' | 'report' | 'send'

/** What a slot does, from the name of its schedule. */
export function stageOf({ schedule }: Pick<SlotKey, 'schedule'>): { stage: Stage; tier: number | undefined } {
  const tier = /^tier-(\d+)$/.exec(schedule)?.[1]
  return tier === undefined ? { stage: schedule as Stage, tier: undefined } : { stage: 'tier', tier: Number(tier) }
}

/**
 * When a report is made without what is not done yet. What is caught up has the same time from when it was noticed.
 * @returns undefined for what belongs to no report
 */
export function deadlineOf(
  { roundAt, claimedAt }: Pick<Slot, 'roundAt' | 'claimedAt'>,
  waitMs: number,
): Date | undefined {
  if (roundAt === undefined) return undefined
  return new Date(Math.max(roundAt.getTime(), claimedAt.getTime()) + waitMs)
}

/** The cycle of a round, whichever process begins it. */
export function cycleOf(roundAt: Date): string {
  return uuidFromName(`cycle of the report of ${roundAt.toISOString()}`)
}

/** How long after its time a report waits, in milliseconds. */
export function waitMsOf({ waitHours }: { waitHours: number }): number {
  return waitHours * 3_600_000
}

/** `tier 1`, `the report`: a slot in a sentence. */
export function slotWords(slot: Pick<SlotKey, 'schedule'>): string {
  const { stage, tier } = stageOf(slot)
  const words = { discover: 'the search for models', report: 'the report', send: 'sending the report' }
  return stage === 'tier' ? `tier ${tier}` : words[stage]
}
