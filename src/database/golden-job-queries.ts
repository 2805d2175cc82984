import { type Kysely, sql } from 'kysely'
import type { Sample, Target } from '../datasets/dataset.ts'
import { contentHash, type JsonObject } from '../shared/json.ts'
import { uuidFromName } from '../shared/uuid-from-name.ts'
import { inTransaction } from './in-transaction.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** A version of a dataset with the targets of the tiers that use it. */
export interface GoldenVersion {
  name: string
  version: string
  samples: readonly Sample[]
  /** By tier, then by key of the sample. */
  targets: ReadonlyMap<number, ReadonlyMap<string, Target>>
}

/**
 * Makes `golden_dataset_jobs` say what a version of a dataset says, with the inputs in `jobs`. Importing the same again
 * changes nothing; the expected results of tiers that are not in `targets` stay as they are.
 */
export async function importGoldenJobs(db: Kysely<Tables>, golden: GoldenVersion, at: Date): Promise<void> {
  const jobs = toJsonText(golden.samples.map((sample) => toJob(golden, sample, at)))
  const rows = toJsonText(golden.samples.map((sample) => toGoldenJob(golden, sample, at)))
  await inTransaction(db, async (trx) => {
    await sql`
      insert into jobs select * from jsonb_populate_recordset(null::jobs, ${jobs}::jsonb)
      on conflict (id) do nothing`.execute(trx)
    await sql`
      insert into golden_dataset_jobs
      select * from jsonb_populate_recordset(null::golden_dataset_jobs, ${rows}::jsonb)
      on conflict (id) do update set
        job_id = excluded.job_id,
        tier1_expected_results = coalesce(excluded.tier1_expected_results, golden_dataset_jobs.tier1_expected_results),
        tier2_expected_results = coalesce(excluded.tier2_expected_results, golden_dataset_jobs.tier2_expected_results),
        tier3_expected_results = coalesce(excluded.tier3_expected_results, golden_dataset_jobs.tier3_expected_results),
        further_expected_results = golden_dataset_jobs.further_expected_results || excluded.further_expected_results,
        job_complexity = excluded.job_complexity,
        test_category = excluded.test_category,
        notes = excluded.notes,
        verified_by = coalesce(excluded.verified_by, golden_dataset_jobs.verified_by)`.execute(trx)
  })
}

function toJob({ name }: GoldenVersion, sample: Sample, at: Date): JsonObject {
  const { input } = sample
  return {
    id: jobId(name, sample),
    title: textOf(input.title),
    company: textOf(input.company),
    location: textOf(input.location),
    description: textOf(input.text) ?? textOf(input.description),
    input,
    created_at: at.toISOString(),
  }
}

function toGoldenJob({ name, version, targets }: GoldenVersion, sample: Sample, at: Date): JsonObject {
  const labels = [...targets].flatMap(([tier, byKey]) => {
    const label = byKey.get(sample.key)
    return label === undefined ? [] : [{ tier, ...label }]
  })
  const expected = (tier: number) => labels.find((label) => label.tier === tier)?.target ?? null
  const further = labels.filter(({ tier }) => tier > 3).map(({ tier, target }) => [String(tier), target])
  const verifiers = [...new Set(labels.flatMap(({ verifiedBy }) => verifiedBy ?? []))].join('; ')
  return {
    id: uuidFromName(`golden job ${name}@${version}/${sample.key}`),
    job_id: jobId(name, sample),
    dataset_name: name,
    dataset_version: version,
    sample_key: sample.key,
    tier1_expected_results: expected(1),
    tier2_expected_results: expected(2),
    tier3_expected_results: expected(3),
    further_expected_results: Object.fromEntries(further),
    job_complexity: sample.complexity ?? null,
    test_category: shortened(sample.category),
    notes: sample.notes ?? null,
    added_at: at.toISOString(),
    verified_by: shortened(verifiers === '' ? undefined : verifiers),
  }
}

/** The same input is one job in all versions; an input that was corrected is another. */
function jobId(dataset: string, { key, input }: Sample): string {
  return uuidFromName(`job ${dataset}/${key}/${contentHash(input)}`)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** To the width of the source document's columns. */
function shortened(text: string | undefined): string | null {
  if (text === undefined) return null
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`
}
