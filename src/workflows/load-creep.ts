import type { Kysely } from 'kysely'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import { assignmentHistory } from '../database/assignment-queries.ts'
import { loadRecommendation } from '../database/recommendation-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { type Creep, changesSinceApproval, creepOf } from './accuracy-given-away.ts'

const mostChanges = 1000

/** What switches have given away in a tier until now, from its history and the verdicts that it names. */
export async function loadCreep(
  db: Kysely<Tables>,
  tier: number,
  settings: DecisionSettings,
  clusters: number,
): Promise<Creep | undefined> {
  const changes = await assignmentHistory(db, tier, mostChanges)
  const differences = new Map<string, number | undefined>()
  for (const { evaluationId, model } of changesSinceApproval(changes)) {
    if (evaluationId === undefined) continue
    const stored = await loadRecommendation(db, evaluationId)
    const { comparisons = [] } = (stored?.recommendation ?? {}) as Partial<Recommendation>
    differences.set(evaluationId, comparisons.find((comparison) => comparison.model === model)?.accuracyDelta)
  }
  return creepOf(changes, ({ evaluationId }) => differences.get(evaluationId ?? ''), settings, clusters)
}
