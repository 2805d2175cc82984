import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import { databaseFailure } from '../database/database-failure.ts'
import { markInterrupted } from '../database/holds.ts'
import { caller } from '../shared/caller.ts'
import type { Clock } from '../shared/clock.ts'
import { databaseOf } from './hosting.ts'
import { seatInitialModels } from './seat-initial-models.ts'
import { syncRegistry } from './sync-registry.ts'

/** What every workflow needs: the configuration, an open database and the time. */
export interface Workspace {
  config: Config
  database: Database
  clock: Clock
}

/**
 * Opens the database and brings registry and seats in line with the configuration; evaluations whose process is gone
 * are marked as interrupted.
 */
export async function openWorkspace(
  config: Config,
  clock: Clock,
  announce: (text: string) => void,
): Promise<Workspace> {
  const database = await databaseOf(config, { now: clock.now(), announce })
  try {
    await markInterrupted(database)
    await syncRegistry(database.db, config, clock.now())
    await seatInitialModels(database.db, config, clock.now())
    return { config, database, clock }
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * Runs `work` in an open workspace and closes it whatever happens; what takes seconds is announced on stderr.
 * @throws WorkFailed also when the database fails in the middle
 */
export async function inWorkspace<T>(
  config: Config,
  clock: Clock,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const announce = (text: string) => void caller().stderr.write(`${text}\n`)
  try {
    const workspace = await openWorkspace(config, clock, announce)
    try {
      return await work(workspace)
    } finally {
      await workspace.database.close()
    }
  } catch (error) {
    throw databaseFailure(error) ?? error
  }
}
