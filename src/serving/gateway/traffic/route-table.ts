import { routingVersion } from '../../../database/routing-version.ts'
import { loadRouting } from '../../../workflows/rollout/load-routes.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import { coalesced } from './coalesced.ts'
import { type Routes, routesOf } from './routes.ts'

/** The routes in memory. */
export interface RouteTable {
  current: () => Routes
  /**
   * Resolves when `current` is at least as new as the database was at the call.
   * @throws when the database cannot be asked; the last routes stay
   */
  refresh: () => Promise<void>
  stop(): void
}

export interface RouteSource {
  load: () => Promise<Routes>
  version: () => Promise<number>
}

interface TableOptions {
  pollMs?: number
  /** What does not change the version, such as the latency that counts as slow, is loaded anew after so long. */
  reloadMs?: number
  nowMs: () => number
  /** Told once when the database is away, and once when it is back. */
  note: (sentence: string) => void
}

/**
 * The routes of the database.
 * @param simulated whether simulated models answer
 * @throws when they cannot be loaded for the first time
 */
export function followRoutes(
  workspace: Workspace,
  simulated: boolean,
  note: (sentence: string) => void,
): Promise<RouteTable> {
  const { db } = workspace.database
  const source: RouteSource = {
    load: async () => routesOf(await loadRouting(workspace), simulated),
    version: () => routingVersion(db),
  }
  return openRouteTable(source, { nowMs: () => workspace.clock.now().getTime(), note })
}

/**
 * Loads the routes and follows the changes of other processes by polling one row.
 * @throws when they cannot be loaded for the first time
 */
export async function openRouteTable(source: RouteSource, options: TableOptions): Promise<RouteTable> {
  const { pollMs = 500, reloadMs = 60_000, nowMs, note } = options
  let routes = await source.load()
  let loadedMs = nowMs()
  let isAway = false

  async function update(): Promise<void> {
    const isStale = nowMs() - loadedMs >= reloadMs
    if (!isStale && (await source.version()) === routes.version) return
    routes = await source.load()
    loadedMs = nowMs()
  }

  // A load that is under way may have read before the change that the caller knows of.
  const refresh = coalesced(update)

  async function poll(): Promise<void> {
    try {
      await refresh()
      if (isAway) note('The database answers again: routes follow its changes.')
      isAway = false
    } catch (error) {
      if (!isAway) note(`The database does not answer, the last routes stay: ${(error as Error).message}`)
      isAway = true
    }
  }

  const timer = setInterval(() => void poll(), pollMs).unref()
  return { current: () => routes, refresh, stop: () => clearInterval(timer) }
}
