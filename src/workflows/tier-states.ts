import { listAssignments } from '../database/assignment-queries.ts'
import { createDayCounter } from '../database/day-counter.ts'
import { listEvaluations } from '../database/evaluation-queries.ts'
import { listModels } from '../database/model-queries.ts'
import { latestVerdicts } from '../database/recommendation-queries.ts'
import { byName } from '../providers/model.ts'
import { quotaDayOf } from '../providers/throttle/quota-day.ts'
import type { Evidence } from '../recommendation/evidence.ts'
import { headlineOf } from '../recommendation/reasoning.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { weightsInWords } from '../recommendation/weights-in-words.ts'
import { retirement } from './choose-models.ts'
import { connectProviders } from './connect-providers.ts'
import { decisionSettingsOf, referencesOf } from './decision-settings-of.ts'
import { availabilityOf } from './prepare-cycle.ts'
import { type RolloutStanding, rolloutStanding } from './rollout/rollout-standing.ts'
import { type TierStanding, tierStanding } from './tier-standing.ts'
import type { Workspace } from './workspace.ts'

/** Where a tier stands now. Times are ISO 8601; unknown is null. */
export interface TierState {
  tier: number
  name: string
  model: string | null
  assignedBy: string | null
  assignedAt: string | null
  reason: string | null
  lastVerdict: {
    evaluation: string
    decision: string
    target: string | null
    confidence: number | null
    /** The verdict in a sentence or two. */
    words: string
    at: string
    /** Null for a verdict from before it was stored. */
    evidence: Evidence | null
  } | null
  running: { evaluation: string; startedAt: string }[]
  interrupted: { evaluation: string; startedAt: string }[]
  schedule: string
  /** `Half the latency is worth 15 accuracy points, half the cost 6.` */
  weightsMean: string
  standing: TierStanding
  /** What is on its way, and whether the seat is pinned. */
  movement: RolloutStanding
  missing: { model: string; reason: string; remedy: string | undefined }[]
}

/** Every tier of the configuration with its seat, its last verdict, and what cannot be tested now. */
export async function tierStates(workspace: Workspace): Promise<TierState[]> {
  const { config, database, clock } = workspace
  const { db } = database
  const seats = new Map((await listAssignments(db)).map((seat) => [seat.tier, seat]))
  const verdicts = new Map((await latestVerdicts(db)).map((verdict) => [verdict.tier, verdict]))
  const registry = byName(await listModels(db))
  const dayCounter = createDayCounter(db, quotaDayOf)
  const signal = new AbortController().signal
  const connections = await connectProviders({ config, registry, knowledge: [], dayCounter, clock, signal })
  const states: TierState[] = []
  for (const tier of config.tiers) {
    const { id, name, candidates, schedule } = tier
    const seat = seats.get(id)
    const verdict = verdicts.get(id)
    const open = async (status: 'running' | 'interrupted') =>
      (await listEvaluations(db, { tier: id, status, confirmations: true, limit: 5 })).map((evaluation) => ({
        evaluation: evaluation.id,
        startedAt: evaluation.startedAt.toISOString(),
      }))
    states.push({
      tier: id,
      name,
      model: seat?.model ?? null,
      assignedBy: seat?.assignedBy ?? null,
      assignedAt: seat?.assignedAt.toISOString() ?? null,
      reason: seat?.reason ?? null,
      lastVerdict:
        verdict === undefined
          ? null
          : {
              evaluation: verdict.evaluationId,
              decision: verdict.decision,
              target: verdict.target ?? null,
              confidence: verdict.confidence ?? null,
              words: headlineOf(verdict.reasoning),
              at: verdict.decidedAt.toISOString(),
              evidence: (verdict.recommendation as unknown as Recommendation).evidence ?? null,
            },
      running: await open('running'),
      interrupted: await open('interrupted'),
      schedule,
      weightsMean: weightsInWords(decisionSettingsOf(tier, referencesOf(tier))),
      standing: await tierStanding(database, tier, seat, clock.now()),
      movement: await rolloutStanding(db, id, { config, now: clock.now() }),
      missing: [...new Set([...(seat?.model === undefined ? [] : [seat.model]), ...candidates])].flatMap((model) => {
        const entry = registry.get(model)
        if (entry === undefined) return [{ model, reason: 'not in the registry', remedy: undefined }]
        if (!entry.isActive) return [{ model, reason: retirement(entry), remedy: undefined }]
        const available = availabilityOf(connections, entry.provider)
        return available.status === 'ready' ? [] : [{ model, reason: available.reason, remedy: available.remedy }]
      }),
    })
  }
  return states
}
