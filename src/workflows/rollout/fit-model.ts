import type { Kysely } from 'kysely'
import { listModels } from '../../database/model-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { byName } from '../../providers/model.ts'
import { nearestWord } from '../../shared/nearest-word.ts'
import { UserError } from '../../shared/user-error.ts'
import { obstacleTo } from './rollback-target.ts'

/**
 * Refuses a model that may not serve the requests of a tier.
 * @throws UserError for one that is unknown, retired, a baseline, or simulated where the holder of the seat is not
 */
export async function refuseUnfit(db: Kysely<Tables>, model: string, holder: string | undefined): Promise<void> {
  const registry = byName(await listModels(db))
  const names = [...registry.values()].filter(({ isActive }) => isActive).map(({ name }) => name)
  const entry = registry.get(model)
  if (entry === undefined) {
    const near = nearestWord(model, names)
    const remedy = near === undefined ? `Add it: npx incumbent models add ${model}` : `Did you mean "${near}"?`
    throw new UserError(`Expected a model of the registry, got "${model}". ${remedy}`)
  }
  const isSimulatedInRealTier =
    entry.providerKind === 'simulated' && registry.get(holder ?? '')?.providerKind !== 'simulated'
  const obstacle = isSimulatedInRealTier ? `${model} is simulated` : obstacleTo(model, holder, registry)
  if (obstacle === undefined) return
  throw new UserError(`Expected a model that can serve requests; ${obstacle}. Others: ${names.join(', ')}.`)
}
