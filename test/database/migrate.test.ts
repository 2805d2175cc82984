import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { migrateDown, migrateUp, migrationStatus } from '../../src/database/migrate.ts'
import { migrations } from '../../src/database/migrations.ts'
import { UserError } from '../../src/shared/user-error.ts'
import { startChild } from '../support/child-process.ts'
import { forEachDatabase, onServer } from '../support/test-databases.ts'

const all = Object.keys(migrations)

async function relations({ db }: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not like 'schema_migrations%' order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Everything that a migration can leave behind: columns, comments, constraints, indexes, triggers, functions, rows. */
async function shape({ db }: Database): Promise<unknown> {
  const { rows } = await sql`
    select 'column' as kind, table_name || '.' || column_name as name, data_type || coalesce(column_default, '') as detail
      from information_schema.columns where table_schema = 'public'
    union all select 'constraint', conrelid::regclass::text || conname, pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
    union all select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'function', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'comment', objoid::regclass::text || objsubid, description
      from pg_description where classoid = 'pg_class'::regclass and objoid >= 16384
    union all select 'seat', tier::text, current_model from model_assignments
    union all select 'model', model_name, capabilities::text from model_registry
    union all select 'history', tier::text, model from assignment_history
    order by 1, 2, 3`.execute(db)
  return rows
}

forEachDatabase((databases) => {
  test('an empty database gets all tables, once', async () => {
    const database = await databases.openAt(await databases.place('empty'), { migrate: false })
    expect(await migrationStatus(database.db)).toEqual(all.map((name) => ({ name, appliedAt: undefined })))
    expect(await migrateUp(database.db)).toEqual(all)
    expect(await migrateUp(database.db)).toEqual([])
    for (const { appliedAt } of await migrationStatus(database.db)) expect(appliedAt).toBeInstanceOf(Date)
  })

  test('taking all migrations back leaves nothing, and applying them again gives the same database', async () => {
    const database = await databases.open()
    const before = await shape(database)
    expect(await migrateDown(database.db, 'all')).toEqual(all.toReversed())
    expect(await relations(database)).toEqual([])
    await migrateUp(database.db)
    expect(await shape(database)).toEqual(before)
  })

  test('the newest migration can be taken back alone', async () => {
    const database = await databases.open()
    const before = await shape(database)
    for (const name of all.toReversed()) expect(await migrateDown(database.db, 'newest')).toEqual([name])
    await migrateUp(database.db)
    expect(await shape(database)).toEqual(before)
  })

  test('a database that a newer version has used is refused with a sentence', async () => {
    const database = await databases.open()
    await sql`insert into schema_migrations values ('9999-future', '2030-01-01T00:00:00Z')`.execute(database.db)
    await expect(migrateUp(database.db)).rejects.toThrow(UserError)
    await expect(migrateUp(database.db)).rejects.toThrow(/9999-future.*newer version.*Update Incumbent/)
  })

  test('tables of the same name that belong to somebody else stay as they are, and a sentence says what to do', async () => {
    const database = await databases.openAt(await databases.place('empty'), { migrate: false })
    await sql`create table jobs (title text)`.execute(database.db)
    await expect(migrateUp(database.db)).rejects.toThrow(
      /"jobs" already exists.*Nothing was changed.*database of its own/,
    )
    expect(await relations(database)).toEqual(['jobs'])
  })
})

onServer((databases) => {
  test('processes that migrate an empty database at once all find it complete', async () => {
    const place = await databases.place('empty')
    const script = `${import.meta.dirname}/processes/open-and-wait.ts`
    const children = Array.from({ length: 4 }, () => startChild(script, ['/nonexistent', place.url ?? '']))
    await Promise.all(children.map((child) => child.line('opened')))
    for (const child of children) child.process.stdin?.end()
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(children.map(() => ({ code: 0, errors: '' })))
    const database = await databases.openAt(place)
    expect(await database.db.selectFrom('model_registry').selectAll().execute()).toHaveLength(4)
  })
})
