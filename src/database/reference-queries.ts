import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What an incumbent's first baseline has set: milliseconds, or US dollars per call, that score 50. */
export interface FrozenReference {
  measure: 'latencyMs' | 'costUsd'
  value: number
  /** The incumbent whose median it is. */
  model: string | undefined
  evaluationId: string | undefined
  setAt: Date
}

const columnWords = { latencyMs: 'latency_ms', costUsd: 'cost_usd' } as const

/** The version of each measure that counts now; none that was never set. */
export async function frozenReferences(db: Kysely<Tables>, tier: number): Promise<FrozenReference[]> {
  const rows = await db
    .selectFrom('tier_references')
    .distinctOn('measure')
    .selectAll()
    .where('tier', '=', tier)
    .orderBy('measure')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    measure: row.measure === columnWords.latencyMs ? 'latencyMs' : 'costUsd',
    value: row.value,
    model: row.model_name ?? undefined,
    evaluationId: row.evaluation_id ?? undefined,
    setAt: row.set_at,
  }))
}

/** A new version: it counts for evaluations that start from now on. */
export async function freezeReference(db: Kysely<Tables>, tier: number, reference: FrozenReference): Promise<void> {
  const { measure, value, model = null, evaluationId = null, setAt } = reference
  await db
    .insertInto('tier_references')
    .values({
      tier,
      measure: columnWords[measure],
      value,
      model_name: model,
      evaluation_id: evaluationId,
      set_at: setAt,
    })
    .execute()
}
