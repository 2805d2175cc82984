import type { Config } from '../config/config.ts'
import type { LockReason } from '../evaluation/evaluation.ts'
import type { Model } from '../providers/model.ts'
import { pricedModels } from './priced-models.ts'
import { lockedOnTiers } from './tier-standing.ts'
import type { Workspace } from './workspace.ts'

/** A model of the registry with the tiers that ask it. */
export interface RegisteredModel extends Model {
  tiers: number[]
  /** Where it is not compared any more until a part of its epoch changes. */
  locked: { tier: number; reason: LockReason }[]
}

export async function registeredModels(workspace: Workspace): Promise<RegisteredModel[]> {
  const { config, database } = workspace
  const locked = await lockedOnTiers(workspace)
  return (await pricedModels(database.db, config)).map((model) => ({
    ...model,
    tiers: tiersOf(model, config),
    locked: locked.filter((lock) => lock.model === model.name).map(({ tier, reason }) => ({ tier, reason })),
  }))
}

/** By the configuration, or because a person added it for them. */
export function tiersOf({ name, tiers: added = [] }: Model, { tiers }: Config): number[] {
  const named = tiers.filter(({ candidates }) => candidates.includes(name)).map(({ id }) => id)
  return [...new Set([...named, ...added])].toSorted((one, other) => one - other)
}
