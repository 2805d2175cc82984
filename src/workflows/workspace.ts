import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import { databaseFailure } from '../database/database-failure.ts'
import { caller } from '../shared/caller.ts'
import type { Clock } from '../shared/clock.ts'
import { databaseOf } from './hosting.ts'

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
  whileOpening?: () => void,
): Promise<Workspace> {
  const database = await databaseOf(config, { now: clock.now(), announce, whileOpening })
  const workspace = { config, database, clock }
  try {
    // Loaded here, so that the database begins to open before.
    const { bringInLine } = await import('./bring-in-line.ts')
    await bringInLine(workspace)
    return workspace
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * Runs `work` in an open workspace and closes it whatever happens; what takes seconds is announced on stderr.
 * @param prepare what the work needs beside it, loaded while the database opens
 * @throws WorkFailed also when the database fails in the middle
 */
export async function inWorkspace<T, P = undefined>(
  config: Config,
  clock: Clock,
  work: (workspace: Workspace, prepared: P) => Promise<T>,
  prepare?: () => Promise<P>,
): Promise<T> {
  const announce = (text: string) => void caller().stderr.write(`${text}\n`)
  try {
    let preparing: Promise<P> | undefined
    const workspace = await openWorkspace(config, clock, announce, () => {
      preparing = prepare?.()
      // A database that does not open is what is told of.
      preparing?.catch(() => undefined)
    })
    try {
      return await work(workspace, (await (preparing ?? prepare?.())) as P)
    } finally {
      await workspace.database.close()
    }
  } catch (error) {
    throw databaseFailure(error) ?? error
  }
}
