import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { forEachDatabase } from '../support/test-databases.ts'

/** `name: type, default` as the source document writes them, but TIMESTAMP as timestamptz; `!` is NOT NULL. */
const documentColumns = {
  model_registry: [
    'id! uuid = gen_random_uuid()',
    'model_name! character varying(100)',
    'model_family character varying(50)',
    'tier character varying(20)',
    'capabilities jsonb',
    'cost_per_1k_input numeric(10,6)',
    'cost_per_1k_output numeric(10,6)',
    'is_active boolean = true',
    'added_at timestamp with time zone = now()',
    'metadata jsonb',
  ],
  model_test_runs: [
    'id! uuid = gen_random_uuid()',
    'test_name! character varying(200)',
    'tier_tested! integer',
    'model_name character varying(100)',
    'test_dataset_version character varying(50)',
    'jobs_tested integer',
    'avg_response_time_ms integer',
    'p95_response_time_ms integer',
    'p99_response_time_ms integer',
    'avg_tokens_used integer',
    'total_tokens_used integer',
    'accuracy_score numeric(5,2)',
    'consistency_score numeric(5,2)',
    'completeness_score numeric(5,2)',
    'test_status character varying(50)',
    'test_started_at timestamp with time zone',
    'test_completed_at timestamp with time zone',
    'results_summary jsonb',
    'created_at timestamp with time zone = now()',
  ],
  model_assignments: [
    'id! uuid = gen_random_uuid()',
    'tier! integer',
    'current_model character varying(100)',
    'previous_model character varying(100)',
    'assignment_reason text',
    'assigned_at timestamp with time zone = now()',
    'assigned_by character varying(100)',
    'can_auto_rollback boolean = true',
    'rollback_threshold_accuracy numeric(5,2)',
    'metadata jsonb',
  ],
  golden_dataset_jobs: [
    'id! uuid = gen_random_uuid()',
    'job_id uuid',
    "dataset_version character varying(50) = 'v1'::character varying",
    'tier1_expected_results jsonb',
    'tier2_expected_results jsonb',
    'tier3_expected_results jsonb',
    'job_complexity character varying(20)',
    'test_category character varying(100)',
    'notes text',
    'added_at timestamp with time zone = now()',
    'verified_by character varying(100)',
  ],
}

const documentKeys = [
  'golden_dataset_jobs.job_id -> jobs.id',
  'model_assignments.current_model -> model_registry.model_name',
  'model_test_runs.model_name -> model_registry.model_name',
]

const documentUniques = ['model_assignments(tier)', 'model_registry(model_name)']

const documentIndexes = [
  'idx_golden_dataset_version golden_dataset_jobs(dataset_version)',
  'idx_model_test_runs_created model_test_runs(created_at)',
  'idx_model_test_runs_model model_test_runs(model_name)',
  'idx_model_test_runs_tier model_test_runs(tier_tested)',
]

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  async function strings(query: ReturnType<typeof sql<{ found: string }>>): Promise<string[]> {
    return (await query.execute(database.db)).rows.map(({ found }) => found)
  }

  describe('the tables of the source document', () => {
    for (const [table, expected] of Object.entries(documentColumns)) {
      test(`${table} has the columns of the document in its order, before any that were added`, async () => {
        const columns = await strings(sql`
          select column_name || case is_nullable when 'NO' then '!' else '' end || ' ' || data_type
            || coalesce('(' || character_maximum_length || ')', '')
            || case when data_type = 'numeric' then '(' || numeric_precision || ',' || numeric_scale || ')' else '' end
            || coalesce(' = ' || column_default, '') as found
          from information_schema.columns
          where table_schema = 'public' and table_name = ${table}
          order by ordinal_position`)
        expect(columns.slice(0, expected.length)).toEqual(expected)
      })
    }

    test('columns that were added do not stand in the way of the document: its own INSERTs work', async () => {
      await sql`insert into model_registry (model_name, model_family, tier, capabilities)
        values ('gemini-3-flash', 'gemini-3', 'paid', '{"reasoning": 9}')`.execute(database.db)
      await sql`insert into model_test_runs (test_name, tier_tested, model_name, test_dataset_version, accuracy_score, test_status)
        values ('by hand', 1, 'gemini-3-flash', 'golden_v1', 95.5, 'completed')`.execute(database.db)
      await sql`insert into golden_dataset_jobs (tier1_expected_results) values ('{}')`.execute(database.db)
      const added = await database.db
        .selectFrom('model_registry')
        .select(['provider', 'is_active'])
        .where('model_name', '=', 'gemini-3-flash')
        .executeTakeFirst()
      expect(added).toEqual({ provider: 'gemini', is_active: true })
    })

    test('they have its primary keys, foreign keys and unique columns', async () => {
      const keys = await strings(sql`
        select from_table.relname || '.' || from_column.attname || ' -> ' || to_table.relname || '.' || to_column.attname as found
        from pg_constraint as key
        join pg_class as from_table on from_table.oid = key.conrelid
        join pg_class as to_table on to_table.oid = key.confrelid
        join pg_attribute as from_column on from_column.attrelid = key.conrelid and from_column.attnum = key.conkey[1]
        join pg_attribute as to_column on to_column.attrelid = key.confrelid and to_column.attnum = key.confkey[1]
        where key.contype = 'f' order by 1`)
      expect(keys).toEqual(expect.arrayContaining(documentKeys))
      const uniques = await strings(sql`
        select owner.relname || '(' || string_agg(part.attname, ', ') || ')' as found
        from pg_constraint as key
        join pg_class as owner on owner.oid = key.conrelid
        join pg_attribute as part on part.attrelid = key.conrelid and part.attnum = any(key.conkey)
        where key.contype = 'u' group by key.oid, owner.relname order by 1`)
      expect(uniques).toEqual(expect.arrayContaining(documentUniques))
      const primaryKeys = await strings(sql`
        select conrelid::regclass::text as found from pg_constraint where contype = 'p' and conkey = '{1}' order by 1`)
      expect(primaryKeys).toEqual(expect.arrayContaining(Object.keys(documentColumns).sort()))
    })

    test('they have its indexes under its names', async () => {
      const indexes = await strings(sql`
        select indexname || ' ' || tablename || substring(indexdef from '\\(.*\\)$') as found
        from pg_indexes where schemaname = 'public' and indexname like 'idx\\_%' order by 1`)
      expect(indexes).toEqual(documentIndexes)
    })
  })

  describe('the rows of the source document', () => {
    let untouched: Database
    beforeAll(async () => {
      untouched = await databases.open()
    })

    test('the registry holds its four models as it describes them, without prices', async () => {
      const rows = await untouched.db
        .selectFrom('model_registry')
        .select(['model_name', 'model_family', 'tier', 'capabilities', 'cost_per_1k_input', 'is_active', 'metadata'])
        .orderBy('added_at')
        .orderBy('model_name')
        .execute()
      const expected = [
        ['gemini-1.5-flash', 'gemini-1.5', { reasoning: 7, speed: 8, extraction: 8 }],
        ['gemini-1.5-pro', 'gemini-1.5', { reasoning: 9, speed: 6, extraction: 8 }],
        ['gemini-2.0-flash-001', 'gemini-2.0', { reasoning: 8, speed: 9, extraction: 9 }],
        ['gemini-2.0-flash-lite-001', 'gemini-2.0', { reasoning: 6, speed: 10, extraction: 9 }],
      ] as const
      expect(rows).toEqual(
        expected.map(([model_name, model_family, capabilities]) => {
          const same = { tier: 'free', cost_per_1k_input: null, is_active: true, metadata: null }
          return { model_name, model_family, capabilities, ...same }
        }),
      )
    })

    test('each of the three tiers begins with gemini-2.0-flash-001, as assigned by the system', async () => {
      const rows = await untouched.db
        .selectFrom('model_assignments')
        .select(['tier', 'current_model', 'previous_model', 'assignment_reason', 'assigned_by', 'can_auto_rollback'])
        .orderBy('tier')
        .execute()
      const seat = { current_model: 'gemini-2.0-flash-001', previous_model: null, can_auto_rollback: true }
      const origin = { assignment_reason: 'Initial default model', assigned_by: 'system' }
      expect(rows).toEqual([1, 2, 3].map((tier) => ({ tier, ...seat, ...origin })))
    })

    test('there are no others', async () => {
      for (const table of ['model_test_runs', 'golden_dataset_jobs', 'jobs', 'evaluations', 'cycles'] as const) {
        expect(await untouched.db.selectFrom(table).selectAll().execute()).toEqual([])
      }
    })
  })

  describe('values that the document names in its comments', () => {
    const refused = (statement: string) =>
      expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/violates check/)

    test('others are refused', async () => {
      await refused("insert into model_registry (model_name, tier) values ('x', 'cheap')")
      await refused("insert into model_test_runs (test_name, tier_tested) values ('x', 0)")
      await refused("insert into model_test_runs (test_name, tier_tested, test_status) values ('x', 1, 'done')")
      await refused("insert into model_test_runs (test_name, tier_tested, accuracy_score) values ('x', 1, 100.01)")
      await refused("insert into model_assignments (tier, assigned_by) values (9, 'manual:')")
      await refused("insert into golden_dataset_jobs (job_complexity) values ('hard')")
    })

    test("a tier of one's own is a positive number", async () => {
      await sql`insert into model_assignments (tier, assigned_by) values (7, 'manual:ada')`.execute(database.db)
    })

    test('a model that is in use cannot be deleted', async () => {
      const deletion = sql`delete from model_registry where model_name = 'gemini-2.0-flash-001'`.execute(database.db)
      await expect(deletion).rejects.toThrow(/violates .*foreign key/)
    })
  })
})
