import type { TierConfig } from '../config/tier-config.ts'
import type { Model } from '../providers/model.ts'
import { nearestModels } from '../providers/nearest-models.ts'
import type { Connections } from './connect-providers.ts'

/** A model that a provider has and the registry has not, with the command that adds it. */
export interface Proposal {
  model: string
  provider: string
  command: string
}

const perProvider = 3

/**
 * Models that the connected providers say they have, those most like the tier's candidates first. Where none is like
 * them, the first that the provider names: a person with another provider still gets a start.
 */
export function proposeModels(
  tier: TierConfig,
  registry: ReadonlyMap<string, Model>,
  connections: Connections,
): Proposal[] {
  const wanted = tier.candidates.map((name) => registry.get(name)?.providerModelId ?? name)
  const known = new Set([...registry.values()].map(({ provider, providerModelId }) => `${provider} ${providerModelId}`))
  return [...connections].flatMap(([provider, connection]) => {
    if (connection.status !== 'ready') return []
    const listed = (connection.models ?? []).filter(({ id }) => !known.has(`${provider} ${id}`))
    const near = nearestModels(wanted, listed, perProvider)
    return (near.length > 0 ? near : listed.slice(0, perProvider)).map(({ id }) => proposal(id, provider, tier.id))
  })
}

function proposal(id: string, provider: string, tier: number): Proposal {
  return { model: id, provider, command: `npx incumbent models add ${id} --provider ${provider} --tier ${tier}` }
}
