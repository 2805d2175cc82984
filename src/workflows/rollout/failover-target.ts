import type { Kysely } from 'kysely'
import type { TierConfig } from '../../config/tier-config.ts'
import { listEvaluations } from '../../database/evaluation-queries.ts'
import { listModels } from '../../database/model-queries.ts'
import { loadRecommendation } from '../../database/recommendation-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { byName } from '../../providers/model.ts'
import { recommend } from '../../recommendation/recommend.ts'
import type { RollbackTarget } from '../../rollout/rollout-event.ts'
import { verdictRecords } from '../verdict-records.ts'
import { obstacleTo, rollbackTarget, type Unreachable } from './rollback-target.ts'

/**
 * Who takes a seat whose holder is gone: the best of the others by the latest evaluation, as if the seat were vacant; without
 * one the last good holder, then the tier's fallbacks and candidates in their order.
 */
export async function failoverTarget(
  db: Kysely<Tables>,
  { id, fallbacks, candidates }: TierConfig,
  holder: string,
  unreachable: Unreachable,
): Promise<RollbackTarget> {
  const registry = byName(await listModels(db))
  const isFit = (model: string) => model !== holder && obstacleTo(model, holder, registry, unreachable) === undefined
  const best = await bestByEvidence(db, id, isFit)
  if (best !== undefined) return { model: best }
  const before = await rollbackTarget(db, id, holder, unreachable)
  if ('model' in before) return before
  const named = [...fallbacks, ...candidates].find(isFit)
  return named === undefined ? { missing: `no other model of tier ${id} can be asked` } : { model: named }
}

async function bestByEvidence(
  db: Kysely<Tables>,
  tier: number,
  isFit: (model: string) => boolean,
): Promise<string | undefined> {
  const [latest] = await listEvaluations(db, { tier, status: 'completed', limit: 1 })
  const stored = latest === undefined ? undefined : await loadRecommendation(db, latest.id)
  if (latest === undefined || stored === undefined) return undefined
  const { records } = await verdictRecords(db, latest, stored.input)
  const { target } = recommend({
    ...records,
    incumbent: null,
    // Nothing is resampled: who is best is asked, not how sure that is.
    config: { ...records.config, bootstrap: 0 },
    records: records.records.filter(({ model }) => isFit(model)),
  })
  return target ?? undefined
}
