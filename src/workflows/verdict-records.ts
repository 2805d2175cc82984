import type { Kysely } from 'kysely'
import type { EvaluationRecord, EvaluationRecords } from '../analysis/evaluation-records.ts'
import { loadMeasures } from '../database/outcome-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import { type PooledEvaluation, pooledRecords } from './pooled-records.ts'

/** What is stored of the input of a verdict; what a verdict of an earlier version of the program does not have is absent. */
type StoredInput = Omit<EvaluationRecords, 'records'> & {
  week?: string
  judged?: readonly string[]
  pooled?: readonly PooledEvaluation[]
}

/** The records that a stored verdict rests on. */
export interface VerdictRecords {
  records: EvaluationRecords
  /** Earlier evaluations among them. */
  pooled: number
  /** All records of the evaluation itself, those of models that were not judged included. */
  asked: EvaluationRecord[]
}

/**
 * Puts together again what `recommend` was given: the outcomes of the evaluation and of those that were pooled with it, of
 * the models that were judged. No texts and no answers are read.
 */
export async function verdictRecords(
  db: Kysely<Tables>,
  evaluation: Evaluation,
  storedInput: object,
): Promise<VerdictRecords> {
  const { week = null, judged = [], pooled = [], ...input } = storedInput as StoredInput
  const { clusters } = decisionInputsOf(evaluation)
  const baselines = baselinesOf(evaluation)
  // A verdict from before the judged models were stored names none.
  const everyone = evaluation.models.map(({ name }) => name).filter((name) => !baselines.has(name))
  const own = { evaluation: evaluation.id, week, models: judged.length > 0 ? [...judged] : everyone }
  const parts = [...pooled, own]
  const measures = await loadMeasures(
    db,
    parts.map(({ evaluation: id }) => id),
  )
  const clusterOf = (key: string) => clusters[key]
  const all = { ...own, models: evaluation.models.map(({ name }) => name) }
  return {
    records: { ...input, records: pooledRecords(parts, measures, clusterOf) },
    pooled: pooled.length,
    asked: pooledRecords([all], measures, clusterOf),
  }
}

export function baselinesOf({ models }: Evaluation): ReadonlySet<string> {
  return new Set(models.filter(({ role }) => role === 'baseline').map(({ name }) => name))
}
