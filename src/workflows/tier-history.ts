import type { Kysely } from 'kysely'
import { frozenReferences } from '../database/reference-queries.ts'
import type { Tables } from '../database/tables.ts'
import { type References, referencesOf } from './decision-settings-of.ts'
import { type SharedEpoch, sharedEpoch } from './epoch.ts'
import { earlierEvaluations, type HistoryStart, startHistory } from './history.ts'
import type { EarlierEvaluation } from './pool-history.ts'
import type { TierMaterial } from './tier-material.ts'

/** What an evaluation of a tier that starts now has before it. */
export interface TierHistory {
  references: References
  shared: SharedEpoch
  start: HistoryStart
  /** Those that `start` names, oldest first. */
  earlier: EarlierEvaluation[]
}

export async function tierHistory(
  db: Kysely<Tables>,
  { tier, task, golden }: TierMaterial,
  incumbent: string | undefined,
  now: Date,
): Promise<TierHistory> {
  const references = referencesOf(tier, await frozenReferences(db, tier.id))
  const shared = sharedEpoch(task, golden, references)
  const start = await startHistory(db, tier.id, incumbent, shared, now)
  return { references, shared, start, earlier: await earlierEvaluations(db, start.earlier) }
}
