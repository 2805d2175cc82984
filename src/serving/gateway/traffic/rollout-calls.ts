import type { Rollout } from '../../../rollout/rollout.ts'
import type { Call } from './live-guards.ts'

/** A counting of a rollout. */
export type Counted = Pick<Rollout, 'id' | 'countsEpoch'>

/** Carries what the guards call for, for each rollout one at a time. */
export interface RolloutCalls {
  call(rollout: Counted, why: Call): void
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

/** The guards call at every request; what was decided on a moment ago would be decided alike again. */
const restMs: Readonly<Record<Call, number>> = { alarm: 1_000, promotion: 10_000, baseline: 5_000 }

export function createRolloutCalls(
  decide: (rolloutId: string) => Promise<void>,
  nowMs: () => number,
  note: (sentence: string) => void,
): RolloutCalls {
  const underWay = new Map<string, Promise<void>>()
  const rested = new Map<string, { countsEpoch: number; why: Call; untilMs: number }>()

  async function carry({ id, countsEpoch }: Counted, why: Call): Promise<void> {
    try {
      await decide(id)
    } catch (error) {
      note(`The rollout ${id} could not be decided, and is looked at again: ${(error as Error).message}`)
    } finally {
      underWay.delete(id)
      rested.set(id, { countsEpoch, why, untilMs: nowMs() + restMs[why] })
    }
  }

  function isResting({ id, countsEpoch }: Counted, why: Call): boolean {
    const rest = rested.get(id)
    return rest !== undefined && rest.countsEpoch === countsEpoch && rest.why === why && nowMs() < rest.untilMs
  }

  return {
    call(rollout, why) {
      if (underWay.has(rollout.id) || isResting(rollout, why)) return
      underWay.set(rollout.id, carry(rollout, why))
    },
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}
