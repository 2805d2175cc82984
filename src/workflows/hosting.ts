import { AsyncLocalStorage } from 'node:async_hooks'
import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import type { OpenDatabaseOptions } from '../database/open-database.ts'
import type { Workspace } from './workspace.ts'

const hosts = new AsyncLocalStorage<Workspace>()

/** The workspace of the service within which this is carried out; undefined in a process of its own. */
export function hostWorkspace(): Workspace | undefined {
  return hosts.getStore()
}

/** Within `work`, `databaseOf` gives the database of `host`. */
export function hostedBy<T>(host: Workspace, work: () => T): T {
  return hosts.run(host, work)
}

/** Opens the database of a configuration. Within the service it is the one that is open there, and closing leaves it open. */
export async function databaseOf(
  { database, home }: Pick<Config, 'database' | 'home'>,
  options: Omit<OpenDatabaseOptions, 'url' | 'home'> = {},
): Promise<Database> {
  const host = hostWorkspace()
  if (host !== undefined) return { ...host.database, close: () => Promise.resolve() }
  const { openDatabase } = await import('../database/open-database.ts')
  return openDatabase({ url: database.url?.reveal(), home, ...options })
}
