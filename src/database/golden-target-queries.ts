import { type Kysely, sql } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { Tables } from './tables.ts'

/** What a version of a dataset says of one sample for one tier. */
export interface GoldenTarget {
  sampleKey: string
  target: JsonObject
  category: string | undefined
  complexity: string | undefined
}

/** Targets as they were when the version was used, by key of the sample; a sample without one is left out. */
export async function loadGoldenTargets(
  db: Kysely<Tables>,
  wanted: { dataset: string; version: string; tier: number; sampleKeys: readonly string[] },
): Promise<Map<string, GoldenTarget>> {
  const { dataset, version, tier, sampleKeys } = wanted
  if (sampleKeys.length === 0) return new Map()
  const expected =
    tier <= 3
      ? sql<JsonObject | null>`${sql.ref(`tier${tier}_expected_results`)}`
      : sql<JsonObject | null>`further_expected_results -> ${String(tier)}::text`
  const rows = await db
    .selectFrom('golden_dataset_jobs')
    .select(['sample_key', 'test_category', 'job_complexity', expected.as('target')])
    .where('dataset_name', '=', dataset)
    .where('dataset_version', '=', version)
    .where('sample_key', 'in', sampleKeys)
    .execute()
  return new Map(
    rows.flatMap(({ sample_key: sampleKey, target, test_category, job_complexity }) =>
      sampleKey === null || target === null
        ? []
        : [
            [
              sampleKey,
              { sampleKey, target, category: test_category ?? undefined, complexity: job_complexity ?? undefined },
            ] as const,
          ],
    ),
  )
}
