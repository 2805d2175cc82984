import type { Kysely } from 'kysely'
import type { ModelRole } from '../evaluation/evaluation.ts'
import type { Tables } from './tables.ts'

/** A model in the latest completed evaluation of a tier. Null is unknown. */
export interface Standing {
  tier: number
  tierName: string
  /** Null for baselines and for models without a total. */
  rank: number | null
  model: string
  provider: string
  role: ModelRole
  holdsSeat: boolean
  accuracy: number | null
  accuracyCi95: [number, number] | null
  speed: number | null
  cost: number | null
  total: number | null
  p50Ms: number | null
  p95Ms: number | null
  costUsd: number | null
  callsMade: number | null
  callsFailed: number | null
  decision: string | null
  target: string | null
  confidence: number | null
  dataset: string
  evaluationId: string
  evaluatedAt: Date | null
}

/** By tier; the best total first, baselines last. */
export async function loadLeaderboard(db: Kysely<Tables>): Promise<Standing[]> {
  const rows = await db.selectFrom('tier_leaderboard').selectAll().execute()
  return rows.map((row) => ({
    tier: row.tier,
    tierName: row.tier_name,
    rank: row.rank,
    model: row.model,
    provider: row.provider,
    role: row.role as ModelRole,
    holdsSeat: row.holds_seat,
    accuracy: row.accuracy,
    accuracyCi95:
      row.accuracy_low === null || row.accuracy_high === null ? null : [row.accuracy_low, row.accuracy_high],
    speed: row.speed,
    cost: row.cost,
    total: row.total,
    p50Ms: row.p50_ms,
    p95Ms: row.p95_ms,
    costUsd: row.cost_usd,
    callsMade: row.calls_made,
    callsFailed: row.calls_failed,
    decision: row.decision,
    target: row.target,
    confidence: row.confidence,
    dataset: row.dataset,
    evaluationId: row.evaluation_id,
    evaluatedAt: row.evaluated_at,
  }))
}
