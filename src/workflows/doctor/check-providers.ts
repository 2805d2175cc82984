import type { ProviderConfig } from '../../config/provider-config.ts'
import type { Model } from '../../providers/model.ts'
import { counted } from '../../shared/counted.ts'
import type { Connections } from '../connect-providers.ts'
import { availabilityOf } from '../prepare-cycle.ts'
import { type Check, good, problem, unused, warning } from './check.ts'

/**
 * Whether each provider answers that a tier's models need, and has these models.
 * @param asked models that hold a tier or are candidates for one
 */
export function checkProviders(
  providers: readonly ProviderConfig[],
  asked: readonly Model[],
  connections: Connections,
): Check[] {
  return providers
    .filter(({ kind }) => kind !== 'rules' && kind !== 'simulated')
    .map(({ name }) =>
      checkProvider(
        name,
        asked.filter(({ provider }) => provider === name),
        connections,
      ),
    )
}

function checkProvider(name: string, asked: readonly Model[], connections: Connections): Check {
  const part = `provider ${name}`
  const available = availabilityOf(connections, name)
  if (available.status === 'unavailable') {
    const words = `${available.reason}${asked.length === 0 ? '; no tier asks it' : ` (${counted(asked.length, 'model')} cannot be asked)`}`
    return asked.length === 0 ? unused(part, words) : problem(part, words, available.remedy ?? null)
  }
  const connection = connections.get(name)
  const listed = connection?.status === 'ready' ? connection.models : undefined
  if (asked.length === 0) return unused(part, 'it answers; no tier asks it')
  if (listed === undefined) return good(part, `it answers; which models it has, it does not say`)
  const gone = asked.filter(({ providerModelId }) => !listed.some(({ id }) => id === providerModelId))
  if (gone.length === 0) return good(part, `it answers and has ${counted(asked.length, 'model')} of the tiers`)
  return warning(
    part,
    `it answers, and does not list ${gone.map(({ providerModelId }) => providerModelId).join(', ')}`,
    'Look for successors: npx incumbent models discover',
  )
}
