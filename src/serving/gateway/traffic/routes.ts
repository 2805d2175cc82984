import { byName, type Model } from '../../../providers/model.ts'
import type { Routing, TierRoute } from '../../../workflows/rollout/tier-route.ts'
import type { Names } from '../resolve-name.ts'

/** Who answers what, as it was loaded together; never changed, only replaced whole. */
export interface Routes {
  /** Of the database when it was loaded. */
  version: number
  tiers: ReadonlyMap<number, TierRoute>
  /** Active models that can answer an application, by their names. */
  models: ReadonlyMap<string, Model>
  /** What applications can ask for. */
  names: Names
}

/**
 * Baselines answer samples only.
 * @param simulated whether simulated models answer too; without a play they have nothing to say to a stranger
 */
export function routesOf({ version, tiers, models: registry }: Routing, simulated = false): Routes {
  const answersAnyone = (kind: Model['providerKind']) => kind !== 'rules' && (kind !== 'simulated' || simulated)
  const models = registry.filter(({ isActive, providerKind }) => isActive && answersAnyone(providerKind))
  return {
    version,
    tiers: new Map(tiers.map((route) => [route.tier, route])),
    models: byName(models),
    names: {
      tiers: tiers.map(({ tier, name }) => ({ tier, name })),
      models: new Set(models.map(({ name }) => name)),
    },
  }
}
