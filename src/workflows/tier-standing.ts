import type { TierConfig } from '../config/tier-config.ts'
import { type Assignment, loadAssignment } from '../database/assignment-queries.ts'
import type { Database } from '../database/database.ts'
import { listEvaluations } from '../database/evaluation-queries.ts'
import { loadRecommendation } from '../database/recommendation-queries.ts'
import { frozenReferences } from '../database/reference-queries.ts'
import type { Evaluation, PlannedModel } from '../evaluation/evaluation.ts'
import { driftWords } from '../reporting/drift-words.ts'
import type { DriftStatus } from '../rollout/watch-incumbent.ts'
import type { Creep } from './accuracy-given-away.ts'
import { decisionInputsOf } from './decision-inputs.ts'
import { decisionSettingsOf, type References, referencesOf } from './decision-settings-of.ts'
import { earlierEvaluations } from './history.ts'
import { loadCreep } from './load-creep.ts'
import { lockChallengers } from './lock-challengers.ts'
import { type LockedChallenger, verdictInputOf } from './verdict-input.ts'
import type { Workspace } from './workspace.ts'

/** What a tier's owner has settled, and what the weeks until now have made of it. */
export interface TierStanding {
  references: References
  /** A slower model takes no seat; null: no limit. */
  p95Ms: number | null
  /** A less accurate model takes no seat; null: no floor. */
  minimumAccuracy: number | null
  /** What switches have given away; null: nothing. */
  creep: Creep | null
  /** Challengers that are not compared any more in the epoch of the last evaluation. */
  locked: Pick<LockedChallenger, 'model' | 'reason'>[]
  /** Of the last evaluation; null where the incumbent was not watched. */
  drift: { status: DriftStatus; words: string } | null
}

export async function tierStanding(
  { db }: Database,
  tier: TierConfig,
  seat: Assignment | undefined,
  now: Date,
): Promise<TierStanding> {
  const references = referencesOf(tier, await frozenReferences(db, tier.id))
  const settings = decisionSettingsOf(tier, references)
  const [last] = await listEvaluations(db, { tier: tier.id, status: 'completed', applies: true, limit: 1 })
  return {
    references,
    p95Ms: settings.sloP95Ms,
    minimumAccuracy: tier.minimumAccuracy ?? null,
    creep: last === undefined ? null : ((await loadCreep(db, tier.id, settings, clustersOf(last))) ?? null),
    locked: last === undefined ? [] : await lockedNow(db, last, seat?.model, now),
    drift: last === undefined ? null : await lastDrift(db, last),
  }
}

/** Who is locked on which tier of the configuration, as a run that starts now would find it. */
export async function lockedOnTiers({ config, database, clock }: Workspace): Promise<LockOnTier[]> {
  const { db } = database
  const locks: LockOnTier[] = []
  for (const { id: tier } of config.tiers) {
    const [last] = await listEvaluations(db, { tier, status: 'completed', applies: true, limit: 1 })
    const holder = (await loadAssignment(db, tier))?.model
    const locked = last === undefined ? [] : await lockedNow(db, last, holder, clock.now())
    locks.push(...locked.map((lock) => ({ tier, ...lock })))
  }
  return locks
}

interface LockOnTier extends Pick<LockedChallenger, 'model' | 'reason'> {
  tier: number
}

function clustersOf(evaluation: Evaluation): number {
  const { clusters } = decisionInputsOf(evaluation)
  return new Set(evaluation.sampleKeys.map((key) => clusters[key] ?? key)).size
}

/** As an evaluation that starts now, in the same epoch, would find them. */
async function lockedNow(
  db: Database['db'],
  last: Evaluation,
  holder: string | undefined,
  now: Date,
): Promise<TierStanding['locked']> {
  const { epoch, history, settings } = decisionInputsOf(last)
  const earlier = await earlierEvaluations(db, [...history.earlier, last.id], now)
  const models = last.models.map((model) => inItsRole(model, holder))
  return lockChallengers(models, epoch, earlier, last.sampleKeys.length, settings).flatMap(({ name, locked }) =>
    locked === undefined ? [] : [{ model: name, reason: locked.reason }],
  )
}

function inItsRole({ locked: _locked, ...model }: PlannedModel, holder: string | undefined): PlannedModel {
  if (model.role === 'baseline') return model
  return { ...model, role: model.name === holder ? 'incumbent' : 'challenger' }
}

async function lastDrift(db: Database['db'], { id, incumbent = '' }: Evaluation): Promise<TierStanding['drift']> {
  const stored = await loadRecommendation(db, id)
  const drift = stored === undefined ? null : verdictInputOf(stored).drift
  return drift === null ? null : { status: drift.status, words: driftWords(drift, incumbent) }
}
