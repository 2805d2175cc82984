import { inTransaction } from '../../database/in-transaction.ts'
import { currentRollouts, loadRollout } from '../../database/rollout-queries.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import { isEnded } from '../../rollout/rollout.ts'
import type { Workspace } from '../workspace.ts'
import { failOverRetired } from './fail-over.ts'
import { lockTier } from './lock-tier.ts'
import { alarmsOf, looks } from './looks.ts'
import { moveRollout } from './move-rollout.ts'
import type { Unreachable } from './rollback-target.ts'
import { unreachableModels } from './unreachable-models.ts'

export interface RolloutDecision {
  /** As it is now; undefined where there is none of this id. */
  rollout: Rollout | undefined
  /** What happened, a sentence each; empty where nothing did. */
  happened: string[]
}

/**
 * Looks at a rollout and takes it as far as the evidence allows: counts, hours, time limits, the alarms of the holder. Any
 * process may call it at any time; of two at once the second finds what the first has done.
 */
export async function decideRollout(workspace: Workspace, rolloutId: string): Promise<RolloutDecision> {
  const { config, database, clock } = workspace
  const found = await loadRollout(database.db, rolloutId)
  if (found === undefined || isEnded(found.state)) return { rollout: found, happened: [] }
  const unreachable = await whoIsAway(workspace, found)
  return inTransaction(database.db, async (trx) => {
    const locked = await lockTier(trx, found.tier)
    let rollout = [locked.open, locked.full].find((one) => one?.id === rolloutId)
    const happened: string[] = []
    const now = clock.now()
    for (const look of looks) {
      if (rollout === undefined || isEnded(rollout.state)) break
      const event = await look({ db: trx, config, rollout, locked, unreachable, now })
      if (event === undefined) continue
      const result = await moveRollout(trx, rollout, event, now)
      if (result.status !== 'moved') continue
      rollout = result.rollout
      happened.push(result.sentence)
    }
    return { rollout: rollout ?? (await loadRollout(trx, rolloutId)), happened }
  })
}

/**
 * Looks at every rollout that has not ended, and at the seats of models that are gone: what the service does each minute,
 * and `run` and `status` when they begin.
 * @returns what happened, in sentences
 */
export async function tickRollouts(workspace: Workspace): Promise<string[]> {
  const happened = await failOverRetired(workspace)
  for (const { id } of await currentRollouts(workspace.database.db)) {
    happened.push(...(await decideRollout(workspace, id)).happened)
  }
  return happened
}

/** Providers are asked before anything is locked, and only where the seat may go back. */
async function whoIsAway(workspace: Workspace, rollout: Rollout): Promise<Unreachable> {
  const alarm = await alarmsOf(workspace.database.db, rollout)
  return alarm === undefined ? new Map() : unreachableModels(workspace)
}
