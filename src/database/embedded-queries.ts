import { Kysely, PGliteDialect } from 'kysely'
import type { EmbeddedConnection } from './connect-embedded.ts'
import type { Tables } from './tables.ts'

/** Queries on the embedded database: a module of its own, so that its thread is at work before Kysely is loaded. */
export function embeddedQueries(pglite: EmbeddedConnection): Kysely<Tables> {
  return new Kysely({ dialect: new PGliteDialect({ pglite }) })
}
