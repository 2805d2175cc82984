import { type Kysely, sql } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { Tables } from './tables.ts'

export interface GoldenReference {
  name: string
  version: string
}

/** The dataset versions whose samples are in the database, by name, the newest version first. */
export async function goldenVersions(db: Kysely<Tables>): Promise<(GoldenReference & { samples: number })[]> {
  return db
    .selectFrom('golden_dataset_jobs')
    .select(({ fn }) => ['dataset_name as name', 'dataset_version as version', fn.countAll<number>().as('samples')])
    .where('sample_key', 'is not', null)
    .groupBy(['dataset_name', 'dataset_version'])
    .orderBy('dataset_name')
    .orderBy(sql`length(dataset_version)`, 'desc')
    .orderBy('dataset_version', 'desc')
    .execute()
}

/** Whether a version is in the database. */
export async function hasGolden(db: Kysely<Tables>, { name, version }: GoldenReference): Promise<boolean> {
  const row = await db
    .selectFrom('golden_dataset_jobs')
    .select('id')
    .where('dataset_name', '=', name)
    .where('dataset_version', '=', version)
    .where('sample_key', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Samples of a version that are called the same and whose targets are true in the same words. */
export interface GoldenClass {
  category: string | null
  complexity: string | null
  verifiedBy: string | null
  samples: number
}

/** Empty: the version is not in the database. */
export async function goldenClasses(db: Kysely<Tables>, { name, version }: GoldenReference): Promise<GoldenClass[]> {
  return db
    .selectFrom('golden_dataset_jobs')
    .select(['test_category as category', 'job_complexity as complexity', 'verified_by as verifiedBy'])
    .select(({ fn }) => fn.countAll<number>().as('samples'))
    .where('dataset_name', '=', name)
    .where('dataset_version', '=', version)
    .where('sample_key', 'is not', null)
    .groupBy(['test_category', 'job_complexity', 'verified_by'])
    .orderBy('category')
    .orderBy('complexity')
    .execute()
}

/** Since when a version is used by a task, and the hash that it has kept since. */
export async function usedBy(
  db: Kysely<Tables>,
  { name, version }: GoldenReference,
): Promise<{ task: string; hash: string; firstUsedAt: Date }[]> {
  return db
    .selectFrom('dataset_versions')
    .select(['task', 'hash', 'first_used_at as firstUsedAt'])
    .where('dataset_name', '=', name)
    .where('dataset_version', '=', version)
    .orderBy('task')
    .execute()
}

export interface GoldenListEntry {
  sample: string
  category: string | null
  complexity: string | null
  title: string | null
  /** Its beginning. */
  text: string | null
}

/** By category and complexity it is filtered. */
export const goldenColumns = ['sample'] as const
export type GoldenColumn = (typeof goldenColumns)[number]

/** By key. @param page with `isDescending` from the last one */
export async function goldenList(
  db: Kysely<Tables>,
  { name, version }: GoldenReference,
  page: {
    category: string | undefined
    complexity: string | undefined
    afterKey: string | undefined
    isDescending: boolean
    limit: number
  },
): Promise<GoldenListEntry[]> {
  let query = db
    .selectFrom('golden_dataset_jobs as golden')
    .innerJoin('jobs as job', 'job.id', 'golden.job_id')
    .select(['golden.sample_key as sample', 'golden.test_category as category', 'golden.job_complexity as complexity'])
    .select(['job.title', sql<string | null>`left(job.description, 160)`.as('text')])
    .where('golden.dataset_name', '=', name)
    .where('golden.dataset_version', '=', version)
    .where('golden.sample_key', 'is not', null)
  if (page.afterKey !== undefined) {
    query = query.where('golden.sample_key', page.isDescending ? '<' : '>', page.afterKey)
  }
  if (page.category !== undefined) query = query.where('golden.test_category', '=', page.category)
  if (page.complexity !== undefined) query = query.where('golden.job_complexity', '=', page.complexity)
  const direction = page.isDescending ? 'desc' : 'asc'
  const rows = await query.orderBy('golden.sample_key', direction).limit(page.limit).execute()
  return rows.map(({ sample, ...row }) => ({ sample: sample ?? '', ...row }))
}

export interface GoldenEntry extends Omit<GoldenListEntry, 'text' | 'title'> {
  notes: string | null
  verifiedBy: string | null
  input: JsonObject
  /** By tier; of tiers that have one. */
  targets: { tier: number; target: JsonObject }[]
}

export async function goldenEntry(
  db: Kysely<Tables>,
  { name, version }: GoldenReference,
  sample: string,
): Promise<GoldenEntry | undefined> {
  const row = await db
    .selectFrom('golden_dataset_jobs as golden')
    .innerJoin('jobs as job', 'job.id', 'golden.job_id')
    .selectAll('golden')
    .select('job.input')
    .where('golden.dataset_name', '=', name)
    .where('golden.dataset_version', '=', version)
    .where('golden.sample_key', '=', sample)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const first = [row.tier1_expected_results, row.tier2_expected_results, row.tier3_expected_results]
  const further = Object.entries(row.further_expected_results ?? {}) as [string, JsonObject][]
  return {
    sample,
    category: row.test_category,
    complexity: row.job_complexity,
    notes: row.notes,
    verifiedBy: row.verified_by,
    input: row.input ?? {},
    targets: [
      ...first.flatMap((target, index) => (target === null ? [] : [{ tier: index + 1, target }])),
      ...further.map(([tier, target]) => ({ tier: Number(tier), target })),
    ],
  }
}

/** A sample on which the language models of an evaluation did badly. */
export interface HardSample {
  sample: string
  models: number
  modelsRight: number
  /** Mean over the models, 0 to 100. */
  accuracy: number
}

export async function hardestSamples(db: Kysely<Tables>, evaluationId: string, limit: number): Promise<HardSample[]> {
  return db
    .selectFrom('sample_results')
    .select(['sample_key as sample', 'models', 'models_right as modelsRight', 'accuracy'])
    .where('evaluation_id', '=', evaluationId)
    .orderBy('accuracy')
    .orderBy('sample_key')
    .limit(limit)
    .execute()
}

/** The newest evaluation of each tier on a version of a dataset. */
export async function newestEvaluationsOn(
  db: Kysely<Tables>,
  { name, version }: GoldenReference,
): Promise<{ id: string; tier: number; tierName: string; finishedAt: Date | null }[]> {
  return db
    .selectFrom('evaluations')
    .distinctOn('tier')
    .select(['id', 'tier', 'tier_name as tierName', 'finished_at as finishedAt'])
    .where('dataset_name', '=', name)
    .where('dataset_version', '=', version)
    .where('status', '=', 'completed')
    .orderBy('tier')
    .orderBy('started_at', 'desc')
    .execute()
}
