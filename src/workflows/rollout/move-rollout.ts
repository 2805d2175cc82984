import type { Transaction } from 'kysely'
import { resolveAlert } from '../../database/alert-queries.ts'
import { currentRollouts, updateRollout } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { type Actor, hasIncident, type Rollout } from '../../rollout/rollout.ts'
import type { Transition } from '../../rollout/rollout-effect.ts'
import type { RolloutEvent } from '../../rollout/rollout-event.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import { transition } from '../../rollout/transition.ts'
import { carryEffects, type Grounds, incidentKey } from './carry-effects.ts'

/**
 * Carries one event: the new state, its row in the history and what follows from it, together.
 * @param trx in which the tier is locked (`lockTier`)
 */
export async function moveRollout(
  trx: Transaction<Tables>,
  rollout: Rollout,
  event: RolloutEvent,
  now: Date,
  grounds?: Grounds,
): Promise<Transition> {
  const result = transition(rollout, event, now)
  if (result.status === 'refused') return result
  const by = actorOf(event)
  if (result.status === 'moved') {
    await store(trx, rollout, event, result, now)
    if (hasIncident(rollout) && !hasIncident(result.rollout)) {
      await resolveAlert(trx, incidentKey(rollout), { at: now, message: result.sentence })
    }
  }
  await carryEffects(trx, result.status === 'moved' ? result.rollout : rollout, result.effects, { by, now, grounds })
  return result
}

/** Tells every rollout of a tier that has not ended of something that concerns them all. */
export async function tellRollouts(
  trx: Transaction<Tables>,
  tier: number,
  event: RolloutEvent,
  now: Date,
  isTold: (rollout: Rollout) => boolean = () => true,
): Promise<void> {
  const current = await currentRollouts(trx)
  for (const rollout of current.filter((one) => one.tier === tier && isTold(one))) {
    await moveRollout(trx, rollout, event, now)
  }
}

async function store(
  trx: Transaction<Tables>,
  before: Rollout,
  event: RolloutEvent,
  { rollout: after, sentence, effects }: Extract<Transition, { status: 'moved' }>,
  now: Date,
): Promise<void> {
  const by = actorOf(event)
  for (const effect of effects) {
    if (effect.kind === 'alert') continue
    // First, as a tier has at most one rollout that is full.
    const model = effect.kind === 'assign' ? effect.model : effect.to
    const changed = { kind: 'seat-changed', model, by, reason: sentence } as const
    await tellRollouts(trx, after.tier, changed, now, ({ id }) => id !== after.id)
  }
  const reason = 'by' in event ? event.reason : undefined
  const happened = { at: now, by, event: event.kind, sentence, reason, evidence: event }
  await updateRollout(trx, after, { ...happened, from: before.state.stage, stateSentence: stateSentence(after) })
}

function actorOf(event: RolloutEvent): Actor {
  return 'by' in event && event.by.startsWith('manual:') ? (event.by as Actor) : 'auto'
}
