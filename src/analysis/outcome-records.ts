import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { EvaluationRecord } from './evaluation-records.ts'

/** Outcomes as `analyse` and `recommend` take them. A failed call is a record with `ok: false`, never a missing one. */
export function recordsOf(
  outcomes: readonly MeasuredOutcome[],
  clusterOf: (sampleKey: string) => string | undefined,
): EvaluationRecord[] {
  return outcomes.map((outcome) => ({
    item: outcome.sampleKey,
    model: outcome.model,
    repeat: outcome.repeat,
    ok: outcome.status === 'scored',
    accuracy: outcome.status === 'scored' ? outcome.accuracy : null,
    latencyMs: outcome.latencyMs ?? null,
    costUsd: outcome.costUsd ?? null,
    cluster: clusterOf(outcome.sampleKey) ?? null,
  }))
}
