import { type Assignment, listAssignments } from '../database/assignment-queries.ts'
import { recordDatasetVersion } from '../database/dataset-queries.ts'
import { createDayCounter } from '../database/day-counter.ts'
import { listEvaluations } from '../database/evaluation-queries.ts'
import { loadRuns } from '../database/run-queries.ts'
import { byName, type Model } from '../providers/model.ts'
import { quotaDayOf } from '../providers/throttle/quota-day.ts'
import { newId } from '../shared/new-id.ts'
import { UserError } from '../shared/user-error.ts'
import type { Availability } from './choose-models.ts'
import { type Connections, connectProviders } from './connect-providers.ts'
import type { CycleRequest } from './cycle-request.ts'
import { candidatesOf, type PreparedEvaluation, prepareEvaluation } from './prepare-evaluation.ts'
import { pricedModels } from './priced-models.ts'
import { proposeModels } from './propose-models.ts'
import { tierHistory } from './tier-history.ts'
import { loadMaterials, type TierMaterial } from './tier-material.ts'
import type { Workspace } from './workspace.ts'

/** A cycle that can start: all its tiers were read and checked, its providers are connected, nothing was asked yet. */
export interface PreparedCycle {
  id: string
  startedAt: Date
  evaluations: PreparedEvaluation[]
  connections: Connections
}

/**
 * @param cycleId of the cycle that the evaluations are added to; a new one unless it is given
 * @param materials of the request, where they were loaded before
 * @throws UserError for whatever is wrong with the request, the configuration or the golden data of any of its tiers
 */
export async function prepareCycle(
  workspace: Workspace,
  request: CycleRequest,
  signal: AbortSignal,
  cycleId = newId(),
  materials = loadMaterials(workspace.config, request),
): Promise<PreparedCycle> {
  const { config, database, clock } = workspace
  const registry = byName(await pricedModels(database.db, config))
  const seats = new Map((await listAssignments(database.db)).map((seat) => [seat.tier, seat]))
  const connections = await connected(workspace, registry, materials, seats, signal)
  const cycle = { id: cycleId, startedAt: clock.now() }
  const evaluations: PreparedEvaluation[] = []
  for (const material of materials) {
    await recordVersion(workspace, material)
    const seat = seats.get(material.tier.id)
    const known = await lastLatencies(workspace, material.tier.id)
    evaluations.push(
      prepareEvaluation(material, await tierHistory(database.db, material, seat, cycle.startedAt), {
        config,
        request,
        cycleId: cycle.id,
        incumbent: seat?.model,
        registry,
        proposals: proposeModels(material.tier, registry, connections),
        availability: ({ provider }: Model) => availabilityOf(connections, provider),
        knownLatencyMs: (model) => known.get(model),
        now: cycle.startedAt,
      }),
    )
  }
  return { ...cycle, evaluations, connections }
}

/**
 * The providers of the registry's models; the others only where a tier has no language model that could be asked, for what
 * they propose.
 */
async function connected(
  { config, database, clock }: Workspace,
  registry: ReadonlyMap<string, Model>,
  materials: readonly TierMaterial[],
  seats: ReadonlyMap<number, Assignment>,
  signal: AbortSignal,
): Promise<Connections> {
  const dayCounter = createDayCounter(database.db, quotaDayOf)
  const options = { config, registry, knowledge: materials, dayCounter, clock, signal }
  const named = new Set([...registry.values()].map(({ provider }) => provider))
  const connections = await connectProviders({ ...options, only: named })
  const canBeAsked = (name: string | undefined) => {
    const model = registry.get(name ?? '')
    if (model === undefined || !model.isActive || model.providerKind === 'rules') return false
    return connections.get(model.provider)?.status === 'ready'
  }
  const lacks = ({ tier }: TierMaterial) =>
    ![...candidatesOf(tier, registry), seats.get(tier.id)?.model].some(canBeAsked)
  if (!materials.some(lacks)) return connections
  const others = new Set(Object.keys(config.providers).filter((name) => !named.has(name)))
  return new Map([...connections, ...(await connectProviders({ ...options, only: others }))])
}

export function availabilityOf(connections: Connections, provider: string): Availability {
  return (
    connections.get(provider) ?? {
      status: 'unavailable',
      reason: `the configuration has no provider "${provider}"`,
      remedy: `Name it under providers in incumbent.yaml`,
    }
  )
}

/** A version that was used cannot change: results before and after would not be about the same questions. */
async function recordVersion({ database, clock }: Workspace, { task, golden }: TierMaterial): Promise<void> {
  const { name, version, hash } = golden
  const recorded = await recordDatasetVersion(database.db, { name, version, task: task.name, hash, at: clock.now() })
  if (recorded.status !== 'changed') return
  throw new UserError(
    `${name}@${version} is not what it was: its inputs or its targets of "${task.name}" were changed after it was first used on ${recorded.firstUsedAt.toISOString().slice(0, 10)} (hash ${recorded.storedHash.slice(0, 12)}, now ${hash.slice(0, 12)}). Put back what it was, or make a next version of it: npx incumbent datasets import --help`,
  )
}

async function lastLatencies({ database }: Workspace, tier: number): Promise<Map<string, number>> {
  const latencies = new Map<string, number>()
  for (const { id } of (await listEvaluations(database.db, { tier, status: 'completed', limit: 3 })).toReversed()) {
    for (const { model, summary } of await loadRuns(database.db, id)) {
      const ms = summary?.latencyMs.mean
      if (ms !== null && ms !== undefined) latencies.set(model, ms)
    }
  }
  return latencies
}
