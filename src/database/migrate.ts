import { type Kysely, sql } from 'kysely'
import { type MigrationResultSet, Migrator, NO_MIGRATIONS } from 'kysely/migration'
import { UserError } from '../shared/user-error.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './tables.ts'

export interface MigrationStatus {
  name: string
  /** Undefined: not applied yet. */
  appliedAt: Date | undefined
}

/**
 * Applies what is missing, all of it or nothing, and returns the names of what was applied. Two processes that migrate at
 * once wait for each other; the second finds nothing to do.
 * @throws UserError when the database was migrated by a newer version, or has tables of the same names that are not ours.
 */
export async function migrateUp(db: Kysely<Tables>): Promise<string[]> {
  const status = await migrationStatus(db)
  if (status.every(({ appliedAt }) => appliedAt !== undefined)) return []
  return namesOf(await migrator(db).migrateToLatest())
}

/** Takes back the newest migration, or all of them, with the data in their tables; returns the names of what was undone. */
export async function migrateDown(db: Kysely<Tables>, extent: 'newest' | 'all'): Promise<string[]> {
  await migrationStatus(db)
  return namesOf(extent === 'all' ? await migrator(db).migrateTo(NO_MIGRATIONS) : await migrator(db).migrateDown())
}

/**
 * Every migration in order, with the time at which this database got it.
 * @throws UserError when the database has one that this version does not know.
 */
export async function migrationStatus(db: Kysely<Tables>): Promise<MigrationStatus[]> {
  const applied = await appliedMigrations(db)
  const unknown = [...applied.keys()].filter((name) => !(name in migrations))
  if (unknown.length > 0) {
    throw new UserError(
      `The database has the migration ${unknown[0]}, which this version of Incumbent does not know: ` +
        'a newer version has used it. Update Incumbent, or name another database.',
    )
  }
  return Object.keys(migrations).map((name) => ({ name, appliedAt: applied.get(name) }))
}

const migrationTable = 'schema_migrations'

function migrator(db: Kysely<Tables>): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
  })
}

async function appliedMigrations(db: Kysely<Tables>): Promise<Map<string, Date>> {
  const found = await sql<{ exists: boolean }>`select to_regclass(${migrationTable}) is not null as exists`.execute(db)
  if (found.rows[0]?.exists !== true) return new Map()
  const { rows } = await sql<{ name: string; timestamp: string }>`
    select name, timestamp from ${sql.table(migrationTable)} order by name`.execute(db)
  return new Map(rows.map(({ name, timestamp }) => [name, new Date(timestamp)]))
}

function namesOf({ error, results }: MigrationResultSet): string[] {
  if (error === undefined) return (results ?? []).map(({ migrationName }) => migrationName)
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'the migration'
  const message = error instanceof Error ? error.message : 'of an unknown reason'
  if (sqlStateOf(error) === duplicateTable) {
    throw new UserError(
      `${failed} failed: ${message}. Nothing was changed. ` +
        'Tables of this name that are not ours stand in the way: give Incumbent a database of its own.',
    )
  }
  throw new Error(`${failed} failed, nothing was changed: ${message}`, { cause: error })
}

const duplicateTable = '42P07'

function sqlStateOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
