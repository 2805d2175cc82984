import { type Kysely, sql } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import { versionSeparator, versionsThatAnswered } from './run-queries.ts'
import type { Tables } from './tables.ts'

/** What later evaluations need of a verdict. */
export interface PastVerdict {
  evaluationId: string
  decision: string
  /** Without the keys of the samples, which are many. */
  input: JsonObject
}

/** The verdicts on these evaluations, without the analysis, which is large. */
export async function pastVerdicts(db: Kysely<Tables>, evaluationIds: readonly string[]): Promise<PastVerdict[]> {
  if (evaluationIds.length === 0) return []
  return db
    .selectFrom('recommendations')
    .select(['evaluation_id as evaluationId', 'decision'])
    .select(sql<JsonObject>`input - 'items'`.as('input'))
    .where('evaluation_id', 'in', evaluationIds)
    .execute()
}

/** An evaluation as far as later ones need it, with its verdict: not its samples, which are many. */
export interface PastEvaluation extends Omit<PastVerdict, 'evaluationId'> {
  id: string
  startedAt: Date
  incumbent: string | undefined
  epoch: JsonObject
}

/** Those of these evaluations that were decided, the oldest first. */
export async function pastEvaluations(db: Kysely<Tables>, evaluationIds: readonly string[]): Promise<PastEvaluation[]> {
  if (evaluationIds.length === 0) return []
  const rows = await db
    .selectFrom('evaluations as evaluation')
    .innerJoin('recommendations as verdict', 'verdict.evaluation_id', 'evaluation.id')
    .select(['evaluation.id', 'evaluation.started_at as startedAt', 'evaluation.incumbent'])
    .select(sql<JsonObject>`evaluation.decision -> 'epoch'`.as('epoch'))
    .select(['verdict.decision', sql<JsonObject>`verdict.input - 'items'`.as('input')])
    .where('evaluation.id', 'in', evaluationIds)
    .orderBy('evaluation.started_at')
    .orderBy('evaluation.id')
    .execute()
  return rows.map((row) => ({ ...row, incumbent: row.incumbent ?? undefined }))
}

/** Evaluation → model → the versions that answered, sorted; a model that never said one is not there. */
export async function answeringVersions(
  db: Kysely<Tables>,
  evaluationIds: readonly string[],
): Promise<Map<string, Map<string, string[]>>> {
  if (evaluationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('model_test_runs as run')
    .select(['run.evaluation_id', 'run.model_name'])
    .select(
      sql<string | null>`case when run.test_completed_at is null then ${versionsThatAnswered('run')}
        else run.model_versions end`.as('versions'),
    )
    .where('run.evaluation_id', 'in', evaluationIds)
    .execute()
  const versions = new Map<string, Map<string, string[]>>()
  for (const { evaluation_id: evaluation, model_name: model, versions: told } of rows) {
    if (evaluation === null || model === null || told === null) continue
    const ofEvaluation = versions.get(evaluation) ?? new Map<string, string[]>()
    versions.set(evaluation, ofEvaluation.set(model, told.split(versionSeparator).toSorted()))
  }
  return versions
}

/** A seat that was given back because its model became worse, or a rollout that ended so that its challenger is locked. */
export interface Rollback {
  /** The evaluation that showed it, or that the rollout rested on. */
  evaluationId: string
  from: string
  to: string
}

/** The rollbacks that rest on these evaluations and were made until then. */
export async function rollbacksFrom(
  db: Kysely<Tables>,
  evaluationIds: readonly string[],
  until: Date,
): Promise<Rollback[]> {
  if (evaluationIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment_history')
    .select(['evaluation_id', 'model', 'previous_model'])
    .where('evaluation_id', 'in', evaluationIds)
    .where(sql<boolean>`evidence ->> 'kind' = 'rollback'`)
    .where('assigned_at', '<=', until)
    .orderBy('id')
    .execute()
  const rollouts = await db
    .selectFrom('rollouts')
    .select(['evaluation_id', 'incumbent as model', 'challenger as previous_model'])
    .where('evaluation_id', 'in', evaluationIds)
    .where(sql<boolean>`state ->> 'locksChallenger' = 'true'`)
    .where('since', '<=', until)
    .orderBy('created_at')
    .execute()
  return [...rows, ...rollouts].map((row) => ({
    evaluationId: row.evaluation_id ?? '',
    from: row.previous_model ?? '',
    to: row.model ?? '',
  }))
}
