import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import type { Database } from '../../src/database/database.ts'

/**
 * Opens databases by `openNew`, of which all are the same, and gives what a test has used to the next one that asks, as if it
 * were new. What is opened outside a test is not given to another.
 */
export function renewing(openNew: () => Promise<Database>): () => Promise<Database> {
  const used: Database[] = []
  return async () => {
    const renewed = await firstRenewed(used)
    const database = renewed ?? (await openNew())
    newDatabase ??= describeNew(database)
    await newDatabase
    whenTestEnds(() => used.push(database))
    return database
  }
}

/** What a database needs to be as it was when it was new. */
interface NewDatabase {
  tables: string
  /** One statement that gives every table the rows and every sequence the number that it had. */
  restoring: string
}

let newDatabase: Promise<NewDatabase> | undefined

async function firstRenewed(used: Database[]): Promise<Database | undefined> {
  for (let database = used.pop(); database !== undefined; database = used.pop()) {
    if (await isRenewed(database)) return database
  }
  return undefined
}

/** False where it was closed, or has other tables now. */
async function isRenewed(database: Database): Promise<boolean> {
  const before = await newDatabase
  try {
    if (before === undefined || JSON.stringify(await tablesOf(database)) !== before.tables) return false
    await sql.raw(before.restoring).execute(database.db)
    return true
  } catch {
    return false
  }
}

async function describeNew(database: Database): Promise<NewDatabase> {
  const tables = await tablesOf(database)
  const statements = ["PERFORM set_config('session_replication_role', 'replica', true);"]
  for (const { name } of tables) statements.push(`DELETE FROM ${name};`)
  for (const table of tables) statements.push(await insertion(database, table))
  statements.push(...(await settings(database)))
  const restoring = `DO $restoring$ BEGIN ${statements.join('\n')} END $restoring$`
  return { tables: JSON.stringify(tables), restoring }
}

interface Table {
  name: string
  /** Those that can be written. */
  columns: string
}

async function tablesOf({ db }: Database): Promise<Table[]> {
  const { rows } = await sql<Table>`
    SELECT format('%I', t.relname) AS name, string_agg(format('%I', c.attname), ', ' ORDER BY c.attnum) AS columns
    FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND c.attgenerated = ''
    GROUP BY t.relname ORDER BY t.relname`.execute(db)
  return rows
}

async function insertion({ db }: Database, { name, columns }: Table): Promise<string> {
  const { rows } = await sql<{ statement: string }>`
    SELECT format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM json_populate_recordset(NULL::%s, %L);',
      ${name}::text, ${columns}::text, ${columns}::text, ${name}::text, json_agg(t)) AS statement
    FROM ${sql.raw(name)} t HAVING count(*) > 0`.execute(db)
  return rows[0]?.statement ?? ''
}

async function settings({ db }: Database): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`
    SELECT format('PERFORM setval(%L, %s, %L);', format('%I', sequencename), coalesce(last_value, start_value),
      last_value IS NOT NULL) AS statement
    FROM pg_sequences WHERE schemaname = 'public'`.execute(db)
  return rows.map(({ statement }) => statement)
}

/** Never, where it is called outside a test. */
function whenTestEnds(work: () => unknown): void {
  try {
    onTestFinished(() => void work())
  } catch {
    // Vitest has no other way to ask whether a test is running.
  }
}
