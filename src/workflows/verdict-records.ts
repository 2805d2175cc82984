import type { Kysely } from 'kysely'
import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { recordsOf } from '../analysis/outcome-records.ts'
import { loadMeasures } from '../database/outcome-queries.ts'
import type { Tables } from '../database/tables.ts'
import { type Evaluation, isOfRun } from '../evaluation/evaluation.ts'
import { inCallOrder } from '../evaluation/in-call-order.ts'
import type { Outcome } from '../evaluation/outcome.ts'
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
}

/**
 * Puts together again what `recommend` was given: the outcomes of the evaluation and of those that were pooled with it, of
 * the models that were judged.
 */
export async function verdictRecords(
  db: Kysely<Tables>,
  evaluation: Evaluation,
  outcomes: readonly Outcome[],
  storedInput: object,
): Promise<VerdictRecords> {
  const { week = null, judged = [], pooled = [], ...input } = storedInput as StoredInput
  const { clusters } = decisionInputsOf(evaluation)
  const clusterOf = (key: string) => clusters[key]
  const baselines = baselinesOf(evaluation)
  // A verdict from before the judged models were stored names none.
  const isJudged = (model: string) => (judged.length > 0 ? judged.includes(model) : !baselines.has(model))
  const own = inCallOrder(outcomes).filter(isOfRun(evaluation))
  const ownRecords = recordsOf(own, clusterOf).filter(({ model }) => isJudged(model))
  const ids = pooled.map(({ evaluation: id }) => id)
  const earlier = pooledRecords(pooled, await loadMeasures(db, ids), clusterOf)
  return {
    records: { ...input, records: [...earlier, ...ownRecords.map((record) => ({ ...record, week }))] },
    pooled: pooled.length,
  }
}

export function baselinesOf({ models }: Evaluation): ReadonlySet<string> {
  return new Set(models.filter(({ role }) => role === 'baseline').map(({ name }) => name))
}
