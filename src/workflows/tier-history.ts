import type { Kysely } from 'kysely'
import type { Assignment } from '../database/assignment-queries.ts'
import { frozenReferences } from '../database/reference-queries.ts'
import type { Tables } from '../database/tables.ts'
import { type References, referencesOf } from './decision-settings-of.ts'
import { type SharedEpoch, sharedEpoch } from './epoch.ts'
import { earlierEvaluations, type HistoryStart, startHistory } from './history.ts'
import type { EarlierEvaluation } from './pool-history.ts'
import type { TierMaterial } from './tier-material.ts'

/** What an evaluation of a tier that starts now has before it. */
export interface TierHistory {
  /** As it is now; undefined for a tier that never had one. */
  seat: Assignment | undefined
  references: References
  shared: SharedEpoch
  start: HistoryStart
  /** Those that `start` names, oldest first. */
  earlier: EarlierEvaluation[]
}

export async function tierHistory(
  db: Kysely<Tables>,
  { tier, task, golden }: TierMaterial,
  seat: Assignment | undefined,
  now: Date,
): Promise<TierHistory> {
  const references = referencesOf(tier, await frozenReferences(db, tier.id))
  const shared = sharedEpoch(task, golden, references)
  const start = await startHistory(db, tier.id, seat?.model, shared, now)
  return { seat, references, shared, start, earlier: await earlierEvaluations(db, start.earlier, now) }
}
