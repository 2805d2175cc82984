import type { Kysely } from 'kysely'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { Assignment } from '../database/assignment-queries.ts'
import { frozenReferences } from '../database/reference-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Creep } from './accuracy-given-away.ts'
import { decisionSettingsOf, type References, referencesOf } from './decision-settings-of.ts'
import { type SharedEpoch, sharedEpoch } from './epoch.ts'
import { earlierEvaluations, type HistoryStart, startHistory } from './history.ts'
import { loadCreep } from './load-creep.ts'
import type { EarlierEvaluation } from './pool-history.ts'
import { liveRequests } from './rollout/live-requests.ts'
import type { TierMaterial } from './tier-material.ts'

/** What an evaluation of a tier that starts now has before it. */
export interface TierHistory {
  /** As it is now; undefined for a tier that never had one. */
  seat: Assignment | undefined
  references: References
  shared: SharedEpoch
  settings: DecisionSettings
  creep: Creep | undefined
  start: HistoryStart
  /** Those that `start` names, oldest first. */
  earlier: EarlierEvaluation[]
  /** Of the tier, in the time by which it is told whether there is live traffic. */
  liveRequests: number
}

export async function tierHistory(
  db: Kysely<Tables>,
  { tier, task, golden, sampleKeys }: TierMaterial,
  seat: Assignment | undefined,
  now: Date,
): Promise<TierHistory> {
  const references = referencesOf(tier, await frozenReferences(db, tier.id))
  const shared = sharedEpoch(task, golden, references)
  const start = await startHistory(db, tier.id, seat?.model, shared, now)
  const settings = decisionSettingsOf(tier, references)
  const clusters = new Map(golden.samples.map(({ key, cluster }) => [key, cluster ?? key]))
  const creep = await loadCreep(db, tier.id, settings, new Set(sampleKeys.map((key) => clusters.get(key))).size)
  const narrowed = creep === undefined ? settings : { ...settings, niMargin: creep.margin }
  return {
    seat,
    references,
    shared,
    settings: narrowed,
    creep,
    start,
    earlier: await earlierEvaluations(db, start.earlier, now),
    liveRequests: await liveRequests(db, tier.id, now),
  }
}
