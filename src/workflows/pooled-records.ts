import type { EvaluationRecord, Week } from '../analysis/evaluation-records.ts'
import type { OutcomeMeasures } from '../database/outcome-queries.ts'
import { inCallOrder } from '../evaluation/in-call-order.ts'

/** An earlier evaluation with the models whose records a later verdict rests on, too. */
export interface PooledEvaluation {
  evaluation: string
  week: string
  models: string[]
}

/**
 * The records of pooled evaluations, by evaluation, model, item and repeat: the same for a verdict that is made and for one
 * that is told again.
 * @param pooled oldest first
 * @param measures of these evaluations and of others, in any order, without those of re-tests (`loadMeasures`)
 */
export function pooledRecords(
  pooled: readonly (Omit<PooledEvaluation, 'week'> & { week: Week })[],
  measures: readonly OutcomeMeasures[],
  clusterOf: (sampleKey: string) => string | undefined,
): EvaluationRecord[] {
  const byEvaluation = Map.groupBy(measures, ({ evaluationId }) => evaluationId)
  return pooled.flatMap(({ evaluation, week, models }) =>
    inCallOrder(byEvaluation.get(evaluation) ?? [])
      .filter(({ model }) => models.includes(model))
      .map((measured) => recordOf(measured, week, clusterOf(measured.sampleKey))),
  )
}

function recordOf(measured: OutcomeMeasures, week: Week, cluster: string | undefined): EvaluationRecord {
  return {
    item: measured.sampleKey,
    model: measured.model,
    repeat: measured.repeat,
    ok: measured.status === 'scored',
    accuracy: measured.status === 'scored' ? (measured.accuracy ?? null) : null,
    latencyMs: measured.latencyMs ?? null,
    costUsd: measured.costUsd ?? null,
    cluster: cluster ?? null,
    week,
  }
}
