import { createDayCounter } from '../../database/day-counter.ts'
import { listModels } from '../../database/model-queries.ts'
import { byName } from '../../providers/model.ts'
import { quotaDayOf } from '../../providers/throttle/quota-day.ts'
import { connectProviders } from '../connect-providers.ts'
import { availabilityOf } from '../prepare-cycle.ts'
import type { Workspace } from '../workspace.ts'
import type { Unreachable } from './rollback-target.ts'

/** Asks every provider whether it is there. */
export async function unreachableModels({ config, database, clock }: Workspace): Promise<Unreachable> {
  const registry = byName(await listModels(database.db))
  const dayCounter = createDayCounter(database.db, quotaDayOf)
  const signal = new AbortController().signal
  const connections = await connectProviders({ config, registry, knowledge: [], dayCounter, clock, signal })
  return new Map(
    [...registry.values()].flatMap(({ name, provider }) => {
      const available = availabilityOf(connections, provider)
      return available.status === 'ready' ? [] : [[name, available.reason] as const]
    }),
  )
}
