import { guardSettings } from '../guards/guard-settings.ts'
import { mixtureLogE } from '../guards/mixture-log-e.ts'
import type { FullState, Rollout } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { DegradedEvent } from '../rollout-event.ts'
import { nameOf } from '../shown-words.ts'
import { beginIncidentOfHolder } from './incident.ts'
import { alert, end, held, moved } from './moves.ts'

/** The model that a rollout brought to the seat became worse, or is gone: the seat goes back, or people are told why not. */
export function onDegraded(rollout: Rollout, event: DegradedEvent, now: Date): Transition {
  const { state, challenger, tier } = rollout
  if (state.stage !== 'full') return held(`${challenger} does not hold tier ${tier}.`)
  if (event.source === 'live') {
    if (state.incident !== undefined) return held(`There is an incident: ${state.incident.reason}.`)
    if (doOthersFail(event, state)) return beginIncidentOfHolder(rollout, state, sharedTrouble, now)
  }
  const obstacle = obstacleTo(rollout, event)
  if (obstacle !== undefined || !('model' in event.target)) return onlyTold(rollout, state, event, obstacle ?? '', now)
  const to = event.target.model
  const reason = event.finding
  const message = `${challenger} gave tier ${tier} to ${to}: ${reason}.`
  const effects = [
    { kind: 'roll-back', to, heldBy: challenger, reason: `Rolled back: ${reason}` } as const,
    alert('critical', `Tier ${tier}: ${challenger} was rolled back`, message),
  ]
  return end(rollout, 'rolled-back', { reason, by: 'auto', locks: true, effects }, now)
}

const sharedTrouble = 'requests fail with the holder of the seat and with other models alike'
const usualErrorRate = 0.02

/** Without requests of others nothing says that they suffer too. */
function doOthersFail({ others }: DegradedEvent, { tolerated }: FullState): boolean {
  if (others === undefined) return false
  const logE = mixtureLogE(others.errors, others.n, tolerated?.error ?? usualErrorRate)
  return logE >= Math.log(1 / guardSettings.alpha)
}

/** `can_auto_rollback` is about a model that became worse; one that is gone cannot be kept. */
function obstacleTo({ pin }: Rollout, { source, mayRollBack, target }: DegradedEvent): string | undefined {
  if (pin !== undefined) return `${nameOf(pin.by)} has pinned the seat to ${pin.model}`
  if (source !== 'retired' && !mayRollBack) return 'can_auto_rollback of the seat is false'
  return 'missing' in target ? target.missing : undefined
}

/** Once: the next alarm finds it said. */
function onlyTold(rollout: Rollout, state: FullState, { finding }: DegradedEvent, obstacle: string, now: Date) {
  const { tier, challenger } = rollout
  const sentence = `${challenger} is degraded (${finding}) and keeps tier ${tier}, because ${obstacle}.`
  if (state.alarmedAt !== undefined) return held(sentence)
  const advice = `\`npx incumbent rollback ${tier}\` or \`npx incumbent assign ${tier} <model>\` gives the seat away.`
  const told = alert('critical', `Tier ${tier}: ${challenger} is degraded`, `${sentence} ${advice}`)
  return moved(rollout, { ...state, alarmedAt: now }, sentence, [told])
}
