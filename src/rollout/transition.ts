import { isEnded, type Rollout } from './rollout.ts'
import type { Transition } from './rollout-effect.ts'
import type { RolloutEvent } from './rollout-event.ts'
import { nameOf } from './shown-words.ts'
import { stateSentence } from './state-sentence.ts'
import { held, refused } from './transitions/moves.ts'
import { onDegraded } from './transitions/on-degraded.ts'
import { onBaseline, onConfirmed, onHolderSeen } from './transitions/on-evidence.ts'
import { onPersonEvent } from './transitions/on-person-event.ts'
import { onStep } from './transitions/on-step.ts'
import { onTimePassed } from './transitions/on-time-passed.ts'
import { onVerdict } from './transitions/on-verdict.ts'
import { onPinned, onRetired, onSeatChanged, onUnpinned } from './transitions/on-world.ts'

/**
 * What an event makes of a rollout. Total: every event in every state has an answer, with one sentence. Nothing is stored
 * here; the effects are for the workflow, in the same transaction.
 */
export function transition(rollout: Rollout, event: RolloutEvent, now: Date): Transition {
  if (isEnded(rollout.state)) return isOfPerson(event) ? refused(stateSentence(rollout)) : held(stateSentence(rollout))
  const { pin } = rollout
  if (pin !== undefined && stoppedByPin.has(event.kind)) {
    const sentence = `Tier ${rollout.tier} is pinned to ${pin.model} by ${nameOf(pin.by)} (${pin.reason}): nothing moves until it is unpinned.`
    return isOfPerson(event) ? refused(sentence) : held(sentence)
  }
  return follow(rollout, event, now)
}

/** Events that would bring a challenger further. What ends a rollout, pauses it or tells people goes on under a pin. */
const stoppedByPin = new Set<RolloutEvent['kind']>([
  'approve',
  'baseline-known',
  'step',
  'verdict',
  'confirmed',
  'holder-seen',
])

function isOfPerson({ kind }: RolloutEvent): boolean {
  return ['approve', 'reject', 'abort', 'pause', 'roll-back'].includes(kind)
}

function follow(rollout: Rollout, event: RolloutEvent, now: Date): Transition {
  switch (event.kind) {
    case 'approve':
    case 'reject':
    case 'abort':
    case 'pause':
    case 'roll-back':
      return onPersonEvent(rollout, event, now)
    case 'baseline-known':
      return onBaseline(rollout, event.baseline, now)
    case 'step':
      return onStep(rollout, event, now)
    case 'verdict':
      return onVerdict(rollout, event, now)
    case 'confirmed':
      return onConfirmed(rollout, event, now)
    case 'holder-seen':
      return onHolderSeen(rollout, event, now)
    case 'degraded':
      return onDegraded(rollout, event, now)
    case 'time-passed':
      return onTimePassed(rollout, now)
    case 'seat-changed':
      return onSeatChanged(rollout, event, now)
    case 'pinned':
      return onPinned(rollout, event, now)
    case 'unpinned':
      return onUnpinned(rollout, now)
    case 'challenger-retired':
      return onRetired(rollout, event.reason, now)
  }
}
