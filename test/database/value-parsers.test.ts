import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { queryReadOnly } from '../../src/database/read-only-query.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  test('values come out the same from both databases', async () => {
    const database = await databases.open()
    const { rows } = await sql<Record<string, unknown>>`
      select count(*) as count, 5::bigint as bigint, 9007199254740993::bigint as large, 1.50::numeric(5, 2) as decimal,
        0.1::numeric as tenth, 12345678901234567890::numeric as huge, sum(2) as sum, 1.5::float8 as float, 7::int2 as small,
        true as yes, 'a'::varchar as text, null::int as nothing, '2026-11-22'::date as day,
        '2026-11-22 01:02:03.123456+05:30'::timestamptz as instant, '2026-11-22 01:02:03'::timestamp as local,
        'infinity'::timestamptz as always, interval '90 minutes' as span, '{"a": [1, null]}'::jsonb as json,
        '[1]'::json as list, '\\x0aff'::bytea as bytes, 'b5a7e7c8-7b1a-4e0e-9d53-6a8d9b1c2d3e'::uuid as id,
        array[1, 2] as integers, array[5::bigint] as bigints, array['a b', null] as texts, array[1.5] as decimals,
        array['2026-11-22T00:00Z'::timestamptz] as instants, array['{"a": 1}'::jsonb] as documents`.execute(database.db)
    expect(rows).toEqual([
      {
        count: 1,
        bigint: 5,
        large: '9007199254740993',
        decimal: 1.5,
        tenth: 0.1,
        huge: '12345678901234567890',
        sum: 2,
        float: 1.5,
        small: 7,
        yes: true,
        text: 'a',
        nothing: null,
        day: '2026-11-22',
        instant: new Date('2026-11-21T19:32:03.123Z'),
        local: '2026-11-22 01:02:03',
        always: 'infinity',
        span: '01:30:00',
        json: { a: [1, null] },
        list: [1],
        bytes: '\\x0aff',
        id: 'b5a7e7c8-7b1a-4e0e-9d53-6a8d9b1c2d3e',
        integers: [1, 2],
        bigints: [5],
        texts: ['a b', null],
        decimals: [1.5],
        instants: [new Date('2026-11-22T00:00:00Z')],
        documents: [{ a: 1 }],
      },
    ])
  })

  test('decimals of the tables are numbers, so that 95.5 is less than 100', async () => {
    const database = await databases.open()
    await sql`insert into model_test_runs (test_name, tier_tested, accuracy_score) values ('a', 1, 95.5), ('b', 1, 100)`.execute(
      database.db,
    )
    const runs = await database.db.selectFrom('model_test_runs').select('accuracy_score').orderBy('test_name').execute()
    expect(runs).toEqual([{ accuracy_score: 95.5 }, { accuracy_score: 100 }])
    const { rows } = await queryReadOnly(database, 'select accuracy_score from test_runs order by 1 desc')
    expect(rows).toEqual([{ accuracy_score: 100 }, { accuracy_score: 95.5 }])
  })
})
