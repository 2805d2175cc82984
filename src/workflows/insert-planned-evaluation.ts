import type { Kysely } from 'kysely'
import { insertEvaluation } from '../database/evaluation-queries.ts'
import type { Tables } from '../database/tables.ts'
import { type Evaluation, newRun } from '../evaluation/evaluation.ts'

/** Stores an evaluation that is about to begin, with a run for each of its models. */
export async function insertPlannedEvaluation(db: Kysely<Tables>, evaluation: Evaluation): Promise<void> {
  const runs = evaluation.models.map((model) => newRun(evaluation, model))
  await insertEvaluation(db, evaluation, runs)
}
