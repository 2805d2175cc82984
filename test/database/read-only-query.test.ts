import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { queryReadOnly } from '../../src/database/read-only-query.ts'
import { UserError } from '../../src/shared/user-error.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  const query = (statement: string) => queryReadOnly(database, statement)

  async function rejection(statement: string): Promise<string> {
    const error: unknown = await query(statement).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    return String(error)
  }

  describe('a query of a person', () => {
    test('answers with columns and rows: integers are numbers, times are ISO text, JSON is plain data', async () => {
      expect(
        await query(
          "select count(*) as models, '2026-11-22T01:00:00+01:00'::timestamptz as time, '{\"a\": [1]}'::jsonb as json from model_registry",
        ),
      ).toEqual({
        columns: ['models', 'time', 'json'],
        rows: [{ models: 4, time: '2026-11-22T00:00:00.000Z', json: { a: [1] } }],
      })
    })

    test('has its columns also when it has no rows', async () => {
      expect(await query('select tier, model from tier_leaderboard')).toEqual({ columns: ['tier', 'model'], rows: [] })
    })

    test('keeps columns of the same name apart', async () => {
      expect(await query('select 1 as a, 2 as a, 3 as a_2')).toEqual({
        columns: ['a', 'a_2', 'a_2_2'],
        rows: [{ a: 1, a_2: 2, a_2_2: 3 }],
      })
    })

    test('may begin with WITH, SHOW, EXPLAIN or VALUES, and end with a semicolon', async () => {
      expect((await query('with x as (select 1 as a) select a from x;')).rows).toEqual([{ a: 1 }])
      expect((await query('values (1), (2)')).rows).toEqual([{ column1: 1 }, { column1: 2 }])
      expect((await query('show time zone')).rows).toEqual([{ TimeZone: 'UTC' }])
      expect((await query('explain select 1')).rows).toHaveLength(1)
    })
  })

  describe('a statement that would change something', () => {
    test('is refused with the words of PostgreSQL', async () => {
      for (const [statement, words] of [
        ['delete from model_assignments', 'cannot execute DELETE in a read-only transaction'],
        ["update model_registry set tier = 'paid'", 'cannot execute UPDATE in a read-only transaction'],
        ["insert into jobs (title) values ('x')", 'cannot execute INSERT in a read-only transaction'],
        ['drop view assignments', 'cannot execute DROP VIEW in a read-only transaction'],
        ['create table x (a int)', 'cannot execute CREATE TABLE in a read-only transaction'],
        [
          'with gone as (delete from jobs returning 1) select * from gone',
          'cannot execute SELECT in a read-only transaction',
        ],
        ['select * from model_registry for update', 'cannot execute SELECT FOR UPDATE in a read-only transaction'],
        ['explain analyze delete from jobs', 'cannot execute DELETE in a read-only transaction'],
      ] as const) {
        expect(await rejection(statement)).toContain(`${words}. This query reads only: nothing was changed.`)
      }
    })

    test('does not get through behind a harmless one', async () => {
      for (const statement of [
        'select 1; delete from model_assignments',
        'commit; delete from model_assignments',
        'rollback; begin; delete from model_assignments; commit',
      ]) {
        expect(await rejection(statement)).toContain('Give one statement at a time.')
      }
    })

    test('does not get through by ending the transaction or by changing the session', async () => {
      for (const statement of [
        'commit',
        'commit and chain',
        'rollback',
        'set transaction read write',
        'set session characteristics as transaction read write',
        'set default_transaction_read_only = off',
        "select set_config('search_path', 'nowhere', false)",
        "select set_config('timezone', 'Asia/Tokyo', false)",
      ]) {
        await query(statement).catch(() => undefined)
        expect(await rejection('delete from model_assignments')).toContain('read-only transaction')
      }
      expect(
        (await query("select current_setting('timezone') as zone, count(*) as seats from model_assignments")).rows,
      ).toEqual([{ zone: 'UTC', seats: 3 }])
      await sql`update model_assignments set can_auto_rollback = true`.execute(database.db)
    })
  })

  describe('a mistake', () => {
    test('is told with its line and with the hint of PostgreSQL', async () => {
      expect(await rejection('select tier,\n  modell\nfrom tier_leaderboard')).toMatch(
        /column "modell" does not exist \(line 2\)\. Perhaps you meant .*model/,
      )
      expect(await rejection('selct 1')).toContain('syntax error at or near "selct" (line 1).')
      expect(await rejection('select 1 / 0')).toContain('division by zero.')
    })

    test('of giving no statement is told too', async () => {
      expect(await rejection('  \n')).toContain('Expected a query such as')
    })
  })
})
