import type { Kysely } from 'kysely'
import type { ModelRole } from '../evaluation/evaluation.ts'
import type { Tables } from './tables.ts'

/** A model in one evaluation of a tier. Null is unknown. */
export interface TrendRow {
  evaluationId: string
  evaluatedAt: Date
  model: string
  provider: string
  role: ModelRole
  accuracy: number | null
  accuracyCi95: [number, number] | null
  /** What makes it incomparable with the evaluation before, in words. */
  changed: string | null
}

export interface TrendRange {
  tier: number
  /** The last one that is wanted. */
  until: Date
  /** Whether evaluations that could be applied are wanted, or trials. */
  applies: boolean
  evaluations: number
}

/** The latest completed evaluations of a tier, oldest first; without re-runs that only confirm a switch. */
export async function loadTrend(
  db: Kysely<Tables>,
  { tier, until, applies, evaluations }: TrendRange,
): Promise<TrendRow[]> {
  const latest = db
    .selectFrom('evaluations')
    .select('id')
    .where('tier', '=', tier)
    .where('status', '=', 'completed')
    .where('confirms', 'is', null)
    .where('applies', '=', applies)
    .where('finished_at', '<=', until)
    .orderBy('finished_at', 'desc')
    .limit(evaluations)
  const rows = await db
    .selectFrom('model_trends')
    .selectAll()
    .where('tier', '=', tier)
    .where('applies', '=', applies)
    .where('evaluation_id', 'in', latest)
    .orderBy('evaluated_at')
    .orderBy('model')
    .execute()
  return rows.flatMap((row) =>
    row.evaluated_at === null
      ? []
      : [
          {
            evaluationId: row.evaluation_id,
            evaluatedAt: row.evaluated_at,
            model: row.model,
            provider: row.provider,
            role: row.role as ModelRole,
            accuracy: row.accuracy,
            accuracyCi95:
              row.accuracy_low === null || row.accuracy_high === null
                ? null
                : ([row.accuracy_low, row.accuracy_high] as [number, number]),
            changed: row.changed,
          },
        ],
  )
}
