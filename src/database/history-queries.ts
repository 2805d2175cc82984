import { type Kysely, sql } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import type { Tables } from './tables.ts'

/** What later evaluations need of a verdict. */
export interface PastVerdict {
  evaluationId: string
  decision: string
  consumedLook: boolean
  input: JsonObject
}

/** The verdicts on these evaluations, without the analysis, which is large. */
export async function pastVerdicts(db: Kysely<Tables>, evaluationIds: readonly string[]): Promise<PastVerdict[]> {
  if (evaluationIds.length === 0) return []
  const rows = await db
    .selectFrom('recommendations')
    .select(['evaluation_id', 'decision', 'consumed_look', 'input'])
    .where('evaluation_id', 'in', evaluationIds)
    .execute()
  return rows.map((row) => ({
    evaluationId: row.evaluation_id,
    decision: row.decision,
    consumedLook: row.consumed_look,
    input: row.input,
  }))
}

/** Evaluation → model → the versions that answered, sorted; a model that never said one is not there. */
export async function answeringVersions(
  db: Kysely<Tables>,
  evaluationIds: readonly string[],
): Promise<Map<string, Map<string, string[]>>> {
  if (evaluationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('model_test_outcomes')
    .select(['evaluation_id', 'model_name', 'model_version'])
    .distinct()
    .where('evaluation_id', 'in', evaluationIds)
    .where('model_version', 'is not', null)
    .execute()
  const versions = new Map<string, Map<string, string[]>>()
  for (const { evaluation_id: evaluation, model_name: model, model_version: version } of rows) {
    const ofEvaluation = versions.get(evaluation) ?? new Map<string, string[]>()
    versions.set(evaluation, ofEvaluation)
    ofEvaluation.set(model, [...(ofEvaluation.get(model) ?? []), version ?? ''].toSorted())
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
