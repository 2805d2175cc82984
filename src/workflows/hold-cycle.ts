import { interruptCycles } from '../database/cycle-queries.ts'
import type { Database } from '../database/database.ts'
import { interruptEvaluations } from '../database/evaluation-queries.ts'
import { type HeldElsewhere, type Hold, holdCycle, holdTier } from '../database/holds.ts'
import { WorkFailed } from '../shared/work-failed.ts'

/** Another process carries this cycle, or evaluates one of its tiers. */
export class HeldByOther extends WorkFailed {}

/**
 * Carries `work` while this process holds the cycle and its tiers. Whatever ends the work early, a cycle that is not
 * finished is left `interrupted`.
 * @throws HeldByOther when another process has one of the tiers
 */
export async function withCycleHeld<T>(
  database: Database,
  cycleId: string,
  tiers: readonly number[],
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const holds: Hold[] = []
  try {
    holds.push(taken(await holdCycle(database, cycleId), 'This cycle is carried'))
    for (const tier of tiers) holds.push(taken(await holdTier(database, tier), `Tier ${tier} is being evaluated`))
    const lost = holds.map((hold) => hold.lost)
    try {
      return await work(AbortSignal.any([signal, ...lost]))
    } catch (error) {
      await leaveInterrupted(database, cycleId, tiers)
      throw error
    }
  } finally {
    for (const hold of holds) await hold.release()
  }
}

function taken(hold: Hold | HeldElsewhere, what: string): Hold {
  if (hold.status === 'held') return hold
  throw new HeldByOther(`${what} by ${hold.holder}. Wait until it is done, or name other tiers with --tier.`)
}

async function leaveInterrupted(database: Database, cycleId: string, tiers: readonly number[]): Promise<void> {
  try {
    for (const tier of tiers) await interruptEvaluations(database.db, tier)
    await interruptCycles(database.db, [cycleId])
  } catch {
    // The database is what failed; the next command that opens it marks what this process left.
  }
}
