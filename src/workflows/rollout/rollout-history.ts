import { rolloutEvents } from '../../database/rollout-queries.ts'
import type { Stage } from '../../rollout/rollout.ts'
import type { JsonObject } from '../../shared/json.ts'
import type { Workspace } from '../workspace.ts'
import { rolloutStanding } from './rollout-standing.ts'

/** What happened to the rollouts of a tier. Times are ISO 8601. */
export interface TierRollouts {
  tier: number
  name: string
  /** What is on its way, and how far it is, in sentences. */
  now: string[]
  /** The newest first. */
  events: {
    rollout: string
    at: string
    by: string
    event: string
    from: Stage | null
    to: Stage
    sentence: string
    reason: string | null
    evidence: JsonObject | null
  }[]
}

export async function rolloutHistory(
  { config, database: { db }, clock }: Workspace,
  tiers: readonly number[],
  limit: number,
): Promise<TierRollouts[]> {
  const histories: TierRollouts[] = []
  for (const { id, name } of config.tiers.filter((tier) => tiers.includes(tier.id))) {
    const { rollouts } = await rolloutStanding(db, id, { config, now: clock.now() })
    const now = rollouts.flatMap(({ sentence, progress }) => [sentence, ...(progress === null ? [] : [progress])])
    const events = await rolloutEvents(db, { tier: id }, limit)
    histories.push({
      tier: id,
      name,
      now: now.length === 0 ? ['Nothing is on its way.'] : now,
      events: events.map(({ rolloutId, at, by, event, fromStage, toStage, sentence, reason, evidence }) => {
        const stages = { from: fromStage ?? null, to: toStage }
        const why = { sentence, reason: reason ?? null, evidence: evidence ?? null }
        return { rollout: rolloutId, at: at.toISOString(), by, event, ...stages, ...why }
      }),
    })
  }
  return histories
}
