import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  test('every table, view and column says what it means', async () => {
    const { db } = await databases.open()
    const { rows } = await sql<{ name: string }>`
      select relation.relname || coalesce('.' || part.attname, '') as name
      from pg_class as relation
      left join lateral (
        select attname, attnum from pg_attribute where attrelid = relation.oid and attnum > 0 and not attisdropped
        union all select null, 0
      ) as part on true
      where relation.relnamespace = 'public'::regnamespace and relation.relkind in ('r', 'v', 'm', 'p')
        and coalesce(trim(case part.attnum when 0 then obj_description(relation.oid, 'pg_class')
          else col_description(relation.oid, part.attnum) end), '') = ''
      order by 1`.execute(db)
    expect(rows).toEqual([])
  })
})
