import type { Kysely } from 'kysely'
import type { ModelRole, PlannedModel } from '../evaluation/evaluation.ts'
import type { JsonObject } from '../shared/json.ts'
import type { Tables } from './tables.ts'

/** An evaluation as far as its outcomes need it. */
export interface ExportedEvaluation {
  id: string
  tier: number
  tierName: string
  datasetName: string
  datasetVersion: string
  applies: boolean
  confirms?: string
  startedAt: Date
  models: ReadonlyMap<string, { provider: string; role: ModelRole; repeats: number }>
  sampleKeys: readonly string[]
}

export interface ExportFilter {
  evaluationId?: string | undefined
  tiers?: readonly number[] | undefined
  /** Only evaluations that were started then or later. */
  since?: Date | undefined
}

/** The oldest first. */
export async function evaluationsToExport(
  db: Kysely<Tables>,
  { evaluationId, tiers, since }: ExportFilter,
): Promise<ExportedEvaluation[]> {
  let query = db
    .selectFrom('evaluations')
    .select([
      'id',
      'tier',
      'tier_name',
      'dataset_name',
      'dataset_version',
      'applies',
      'confirms',
      'started_at',
      'models',
      'sample_keys',
    ])
  if (evaluationId !== undefined) query = query.where('id', '=', evaluationId)
  if (tiers !== undefined) query = query.where('tier', 'in', tiers)
  if (since !== undefined) query = query.where('started_at', '>=', since)
  const rows = await query.orderBy('started_at').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    tier: row.tier,
    tierName: row.tier_name,
    datasetName: row.dataset_name,
    datasetVersion: row.dataset_version,
    applies: row.applies,
    ...(row.confirms === null ? {} : { confirms: row.confirms }),
    startedAt: row.started_at,
    sampleKeys: row.sample_keys,
    models: new Map((row.models as unknown as PlannedModel[]).map((model) => [model.name, model])),
  }))
}

/** What the samples of a dataset version ask, by their keys. */
export async function sampleInputs(
  db: Kysely<Tables>,
  { dataset, version, sampleKeys }: { dataset: string; version: string; sampleKeys: readonly string[] },
): Promise<Map<string, JsonObject>> {
  if (sampleKeys.length === 0) return new Map()
  const rows = await db
    .selectFrom('golden_dataset_jobs as golden')
    .innerJoin('jobs as job', 'job.id', 'golden.job_id')
    .select(['golden.sample_key', 'job.input'])
    .where('golden.dataset_name', '=', dataset)
    .where('golden.dataset_version', '=', version)
    .where('golden.sample_key', 'in', sampleKeys)
    .execute()
  return new Map(rows.flatMap(({ sample_key: key, input }) => (key === null || input === null ? [] : [[key, input]])))
}
