import { createDayCounter } from '../database/day-counter.ts'
import { listModels } from '../database/model-queries.ts'
import { byName } from '../providers/model.ts'
import { quotaDayOf } from '../providers/throttle/quota-day.ts'
import { connectProviders } from './connect-providers.ts'
import type { Workspace } from './workspace.ts'

export interface Discovery {
  /** Providers that said what they have. */
  asked: string[]
  /** What providers have and the registry has not. */
  found: { provider: string; id: string; contextTokens: number | null; description: string | null }[]
  unavailable: { provider: string; reason: string; remedy: string | undefined }[]
}

/** Asks every configured provider what it has. */
export async function discoverModels({ config, database, clock }: Workspace): Promise<Discovery> {
  const registry = byName(await listModels(database.db))
  const known = new Set([...registry.values()].map(({ provider, providerModelId }) => `${provider} ${providerModelId}`))
  const connections = await connectProviders({
    config,
    registry,
    knowledge: [],
    dayCounter: createDayCounter(database.db, quotaDayOf),
    clock,
    signal: new AbortController().signal,
  })
  const discovery: Discovery = { asked: [], found: [], unavailable: [] }
  for (const [provider, connection] of connections) {
    if (connection.status === 'unavailable') {
      discovery.unavailable.push({ provider, reason: connection.reason, remedy: connection.remedy })
      continue
    }
    if (connection.models !== undefined) discovery.asked.push(provider)
    for (const { id, contextTokens, description } of connection.models ?? []) {
      if (known.has(`${provider} ${id}`)) continue
      discovery.found.push({ provider, id, contextTokens: contextTokens ?? null, description: description ?? null })
    }
  }
  return discovery
}
