import type { Kysely } from 'kysely'
import type { EvaluationRecord, EvaluationRecords } from '../analysis/evaluation-records.ts'
import { recordsOf } from '../analysis/outcome-records.ts'
import { loadMeasures } from '../database/outcome-queries.ts'
import type { Tables } from '../database/tables.ts'
import { type Evaluation, isOfRun } from '../evaluation/evaluation.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { decisionInputsOf } from './decision-inputs.ts'

/** What is stored of the input of a verdict; what a verdict of an earlier version of the program does not have is absent. */
type StoredInput = Omit<EvaluationRecords, 'records'> & {
  week?: string
  judged?: readonly string[]
  pooled?: readonly { evaluation: string; week: string; models: readonly string[] }[]
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
  const baselines = baselinesOf(evaluation)
  // A verdict from before the judged models were stored names none.
  const isJudged = (model: string) => (judged.length > 0 ? judged.includes(model) : !baselines.has(model))
  const own = recordsOf(outcomes.filter(isOfRun(evaluation)), (key) => clusters[key])
    .filter(({ model }) => isJudged(model))
    .map((record): EvaluationRecord => ({ ...record, week }))
  const earlier = await earlierRecords(db, pooled, clusters)
  return { records: { ...input, records: [...earlier, ...own] }, pooled: pooled.length }
}

export function baselinesOf({ models }: Evaluation): ReadonlySet<string> {
  return new Set(models.filter(({ role }) => role === 'baseline').map(({ name }) => name))
}

async function earlierRecords(
  db: Kysely<Tables>,
  pooled: NonNullable<StoredInput['pooled']>,
  clusters: Readonly<Record<string, string>>,
): Promise<EvaluationRecord[]> {
  const measures = await loadMeasures(
    db,
    pooled.map(({ evaluation }) => evaluation),
  )
  const byEvaluation = new Map(pooled.map((earlier) => [earlier.evaluation, earlier]))
  return measures.flatMap(({ evaluationId, model, sampleKey, repeat, status, accuracy, latencyMs, costUsd }) => {
    const earlier = byEvaluation.get(evaluationId)
    if (earlier === undefined || !earlier.models.includes(model)) return []
    return {
      item: sampleKey,
      model,
      repeat,
      ok: status === 'scored',
      accuracy: status === 'scored' ? (accuracy ?? null) : null,
      latencyMs: latencyMs ?? null,
      costUsd: costUsd ?? null,
      cluster: clusters[sampleKey] ?? null,
      week: earlier.week,
    }
  })
}
