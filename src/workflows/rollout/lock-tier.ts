import type { Transaction } from 'kysely'
import { type Assignment, loadAssignment, lockSeat } from '../../database/assignment-queries.ts'
import { loadPin } from '../../database/pin-queries.ts'
import { currentRollouts, lockRollout } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { isOpen, type Pin, type Rollout } from '../../rollout/rollout.ts'

/** A tier as it stands, which nobody else changes until the transaction ends. */
export interface LockedTier {
  tier: number
  /** Undefined for a tier that never had one. */
  seat: Assignment | undefined
  pin: Pin | undefined
  /** The rollout that is on its way. */
  open: Rollout | undefined
  /** The rollout that brought the holder of the seat. */
  full: Rollout | undefined
}

/** Of two changes of a tier at once the second waits here, and then sees the first: the seat is locked before its rollouts. */
export async function lockTier(trx: Transaction<Tables>, tier: number): Promise<LockedTier> {
  await lockSeat(trx, tier)
  const rollouts: Rollout[] = []
  for (const { id } of (await currentRollouts(trx)).filter((rollout) => rollout.tier === tier)) {
    const rollout = await lockRollout(trx, id)
    if (rollout !== undefined) rollouts.push(rollout)
  }
  return {
    tier,
    seat: await loadAssignment(trx, tier),
    pin: await loadPin(trx, tier),
    open: rollouts.find(({ state }) => isOpen(state)),
    full: rollouts.find(({ state }) => state.stage === 'full'),
  }
}
