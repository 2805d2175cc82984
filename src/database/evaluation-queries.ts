import { type Kysely, type Selectable, sql } from 'kysely'
import type { Evaluation, EvaluationStatus, PlannedModel, Run, SkippedModel } from '../evaluation/evaluation.ts'
import type { JsonObject } from '../shared/json.ts'
import { inTransaction } from './in-transaction.ts'
import { toJsonText } from './json-text.ts'
import { insertRuns } from './run-queries.ts'
import type { Tables } from './tables.ts'

/** Stores an evaluation and its runs together; the caller holds its tier. Its models must be in the registry. */
export async function insertEvaluation(
  db: Kysely<Tables>,
  evaluation: Evaluation,
  runs: readonly Run[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.insertInto('evaluations').values(toRow(evaluation)).execute()
    await insertRuns(trx, evaluation, runs)
  })
}

export async function loadEvaluation(db: Kysely<Tables>, id: string): Promise<Evaluation | undefined> {
  const row = await db.selectFrom('evaluations').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toEvaluation(row)
}

/** These evaluations, the oldest first. */
export async function loadEvaluations(db: Kysely<Tables>, ids: readonly string[]): Promise<Evaluation[]> {
  if (ids.length === 0) return []
  const query = db.selectFrom('evaluations').selectAll().where('id', 'in', ids)
  return (await query.orderBy('started_at').orderBy('id').execute()).map(toEvaluation)
}

/** The evaluations whose identifier begins with what a person typed: none, one, or several when it was too short. */
export async function findEvaluations(db: Kysely<Tables>, idStart: string): Promise<Evaluation[]> {
  const rows = await db
    .selectFrom('evaluations')
    .selectAll()
    .where(sql<boolean>`starts_with(id::text, ${idStart.trim().toLowerCase()}::text)`)
    .orderBy('started_at', 'desc')
    .limit(10)
    .execute()
  return rows.map(toEvaluation)
}

export interface EvaluationFilter {
  cycleId?: string
  tier?: number
  status?: EvaluationStatus
  /** True: only those from which something follows. */
  applies?: boolean
  /** Only those whose `decision` contains these values, such as an epoch key. */
  decision?: JsonObject
  /** True: also those that only confirm another. */
  confirmations?: boolean
  limit: number
}

/** The newest first. */
export async function listEvaluations(db: Kysely<Tables>, filter: EvaluationFilter): Promise<Evaluation[]> {
  const { cycleId, tier, status, applies, decision, limit } = filter
  let query = db.selectFrom('evaluations').selectAll()
  if (cycleId !== undefined) query = query.where('cycle_id', '=', cycleId)
  if (tier !== undefined) query = query.where('tier', '=', tier)
  if (status !== undefined) query = query.where('status', '=', status)
  if (applies !== undefined) query = query.where('applies', '=', applies)
  if (decision !== undefined) query = query.where(sql<boolean>`decision @> ${toJsonText(decision)}::jsonb`)
  if (filter.confirmations !== true) query = query.where('confirms', 'is', null)
  const rows = await query.orderBy('started_at', 'desc').orderBy('id').limit(limit).execute()
  return rows.map(toEvaluation)
}

/** The re-run that was made to confirm the `switch` of an evaluation; undefined where there is none. */
export async function loadConfirmation(db: Kysely<Tables>, evaluationId: string): Promise<Evaluation | undefined> {
  const query = db.selectFrom('evaluations').selectAll().where('confirms', '=', evaluationId)
  const row = await query.orderBy('started_at', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : toEvaluation(row)
}

export async function finishEvaluation(
  db: Kysely<Tables>,
  id: string,
  end: { status: 'completed' | 'failed' | 'invalid'; finishedAt: Date },
): Promise<void> {
  await db
    .updateTable('evaluations')
    .set({ status: end.status, finished_at: end.finishedAt })
    .where('id', '=', id)
    .execute()
}

/** An evaluation that was cut off goes on: it and its unfinished runs are `running` again. The caller holds its tier. */
export async function reopenEvaluation(db: Kysely<Tables>, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.updateTable('evaluations').set({ status: 'running', finished_at: null }).where('id', '=', id).execute()
    await trx
      .updateTable('model_test_runs')
      .set({ test_status: 'running' })
      .where('evaluation_id', '=', id)
      .where('test_status', '=', 'interrupted')
      .execute()
  })
}

/** Tiers that have an evaluation that says `running`, whether its process lives or not. */
export async function runningTiers(db: Kysely<Tables>): Promise<number[]> {
  const rows = await db.selectFrom('evaluations').select('tier').distinct().where('status', '=', 'running').execute()
  return rows.map(({ tier }) => tier)
}

/** Only for a tier whose process is known to be gone, or that the caller holds. Returns the evaluations it marked. */
export async function interruptEvaluations(db: Kysely<Tables>, tier: number): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    const rows = await trx
      .updateTable('evaluations')
      .set({ status: 'interrupted' })
      .where('tier', '=', tier)
      .where('status', '=', 'running')
      .returning('id')
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return ids
    await trx
      .updateTable('model_test_runs')
      .set({ test_status: 'interrupted' })
      .where('evaluation_id', 'in', ids)
      .where('test_status', '=', 'running')
      .execute()
    return ids
  })
}

function toRow(evaluation: Evaluation) {
  return {
    id: evaluation.id,
    cycle_id: evaluation.cycleId,
    tier: evaluation.tier,
    tier_name: evaluation.tierName,
    name: evaluation.name,
    status: evaluation.status,
    task_folder: evaluation.taskFolder,
    dataset_name: evaluation.datasetName,
    dataset_version: evaluation.datasetVersion,
    dataset_hash: evaluation.datasetHash,
    sample_count: evaluation.sampleKeys.length,
    sample_keys: toJsonText(evaluation.sampleKeys),
    seed: evaluation.seed,
    models: toJsonText(evaluation.models),
    skipped: toJsonText(evaluation.skipped),
    incumbent: evaluation.incumbent ?? null,
    decision: toJsonText(evaluation.decision),
    applies: evaluation.applies,
    confirms: evaluation.confirms ?? null,
    started_at: evaluation.startedAt,
    finished_at: evaluation.finishedAt ?? null,
  }
}

function toEvaluation(row: Selectable<Tables['evaluations']>): Evaluation {
  return {
    id: row.id,
    cycleId: row.cycle_id,
    tier: row.tier,
    tierName: row.tier_name,
    name: row.name,
    status: row.status as EvaluationStatus,
    taskFolder: row.task_folder,
    datasetName: row.dataset_name,
    datasetVersion: row.dataset_version,
    datasetHash: row.dataset_hash,
    sampleKeys: row.sample_keys,
    seed: row.seed,
    models: row.models as unknown as PlannedModel[],
    skipped: row.skipped.map((skipped) => ({ remedy: undefined, ...skipped }) as unknown as SkippedModel),
    incumbent: row.incumbent ?? undefined,
    decision: row.decision,
    applies: row.applies,
    ...(row.confirms === null ? {} : { confirms: row.confirms }),
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    ...(row.answers_deleted_at === null ? {} : { answersDeletedAt: row.answers_deleted_at }),
  }
}
