import type { Database } from './database.ts'
import { databaseFailure } from './database-failure.ts'

export interface OpenDatabaseOptions {
  /** URL of a PostgreSQL server; undefined: the embedded database in `home`. */
  url: string | undefined
  /** Directory of the embedded database; it is created when it is missing. */
  home: string
  /** When this process began to use the database, for the message to others. */
  now?: Date
  /** Hears in a sentence of work that takes seconds, such as making the embedded database. */
  announce?: ((text: string) => void) | undefined
  /** Called when the database is on its way, in a thread or on a server, and this thread has nothing to do for it. */
  whileOpening?: (() => void) | undefined
  /** False leaves the tables as they are: for commands that look at the migrations themselves. */
  migrate?: boolean
}

/**
 * Opens the database and brings its tables up to date.
 * @throws UserError when the server cannot be reached or refuses, or when another process uses the embedded database;
 * WorkFailed when there is no room for it
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { migrate = true } = options
  const whileOpening = () => {
    if (migrate) void import('./migrate.ts')
    options.whileOpening?.()
  }
  const database = await openWithoutMigrations({ ...options, whileOpening }).catch((error: unknown) => {
    throw databaseFailure(error) ?? error
  })
  try {
    if (migrate) await (await import('./migrate.ts')).migrateUp(database.db)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Only the driver that is used is loaded. */
async function openWithoutMigrations(options: OpenDatabaseOptions): Promise<Database> {
  const { url, home, now = new Date(), announce, whileOpening } = options
  if (url !== undefined) return (await import('./open-server.ts')).openServer(url, whileOpening)
  return (await import('./open-embedded.ts')).openEmbedded(home, now, { announce, whileOpening })
}
