import type { Config } from '../../config/config.ts'
import { listAssignments } from '../../database/assignment-queries.ts'
import { createDayCounter } from '../../database/day-counter.ts'
import { EmbeddedInUse } from '../../database/embedded-in-use.ts'
import { listModels } from '../../database/model-queries.ts'
import { byName } from '../../providers/model.ts'
import { quotaDayOf } from '../../providers/throttle/quota-day.ts'
import type { Clock } from '../../shared/clock.ts'
import { UserError } from '../../shared/user-error.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import { connectProviders } from '../connect-providers.ts'
import { availabilityOf } from '../prepare-cycle.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'
import { type Check, problem } from './check.ts'
import { checkChannels } from './check-channels.ts'
import { checkClock, checkDatabase } from './check-database.ts'
import { checkFolders } from './check-folders.ts'
import { checkProviders } from './check-providers.ts'
import { checkTier } from './check-tiers.ts'

/**
 * Looks at everything that the service needs, one part after the other, and asks no model anything.
 * A database that cannot be opened ends what depends on it, and nothing else.
 * @param announce hears in a sentence of work that takes seconds
 */
export async function* examine(
  config: Config,
  clock: Clock,
  announce: (text: string) => void,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  yield* checkFolders(config)
  yield* await checkChannels(config, signal)
  const opened = await openedOrProblem(config, clock, announce)
  if ('part' in opened) {
    yield opened
    return
  }
  try {
    yield* examineOpened(opened, signal)
  } finally {
    await opened.database.close()
  }
}

async function openedOrProblem(
  config: Config,
  clock: Clock,
  announce: (text: string) => void,
): Promise<Workspace | Check> {
  try {
    return await openWorkspace(config, clock, announce)
  } catch (error) {
    if (!(error instanceof UserError || error instanceof WorkFailed) || error instanceof EmbeddedInUse) throw error
    return problem('database', error.message, null)
  }
}

async function* examineOpened(workspace: Workspace, signal: AbortSignal): AsyncGenerator<Check> {
  const { config, database, clock } = workspace
  const { db } = database
  yield await checkDatabase(database, config.home)
  yield await checkClock(database, clock)
  const registry = byName(await listModels(db))
  const dayCounter = createDayCounter(db, quotaDayOf)
  const connections = await connectProviders({ config, registry, knowledge: [], dayCounter, clock, signal })
  const seats = new Map((await listAssignments(db)).map(({ tier, model }) => [tier, model]))
  const names = new Set(config.tiers.flatMap(({ id, candidates }) => [...candidates, seats.get(id) ?? []].flat()))
  const asked = [...registry.values()].filter(({ name, isActive }) => isActive && names.has(name))
  yield* checkProviders(Object.values(config.providers), asked, connections)
  const askable = asked.filter(({ provider }) => availabilityOf(connections, provider).status === 'ready')
  const canBeAsked = (model: string) => askable.some(({ name }) => name === model)
  for (const tier of config.tiers) yield checkTier(tier, seats.get(tier.id), canBeAsked)
}
