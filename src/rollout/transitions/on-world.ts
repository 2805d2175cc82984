import { type Actor, isRunning, type Rollout } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { WorldEvent } from '../rollout-event.ts'
import { nameOf } from '../shown-words.ts'
import { stateSentence } from '../state-sentence.ts'
import { begin, end, held, pause, stageOf } from './moves.ts'

type Of<Kind extends WorldEvent['kind']> = Extract<WorldEvent, { kind: Kind }>

/** A rollout is about one holder of the seat; with another there is nothing left to roll out. */
export function onSeatChanged(rollout: Rollout, { model, by, reason }: Of<'seat-changed'>, now: Date): Transition {
  const holder = rollout.state.stage === 'full' ? rollout.challenger : rollout.incumbent
  if (model === holder) return held(stateSentence(rollout))
  const what = `${nameOf(by)} gave tier ${rollout.tier} to ${model ?? 'nobody'} (${reason})`
  return end(rollout, 'superseded', { reason: what, by: actorOf(by) }, now)
}

export function onPinned(rollout: Rollout, { by, reason }: Of<'pinned'>, now: Date): Transition {
  const { state } = rollout
  const words = { cause: 'pin', reason: `${nameOf(by)} pinned the seat (${reason})`, by: actorOf(by) } as const
  if (isRunning(state)) return pause(rollout, stageOf(state), words, now)
  if (state.stage === 'incident') return pause(rollout, state.from, words, now)
  return held(stateSentence(rollout))
}

/** Only what the pin has stopped goes on by itself. */
export function onUnpinned(rollout: Rollout, now: Date): Transition {
  const { state } = rollout
  if (state.stage !== 'paused' || state.cause !== 'pin') return held(stateSentence(rollout))
  const sentence = `The rollout of ${rollout.challenger} on tier ${rollout.tier} goes on, as the pin is gone. Counting starts again.`
  return begin(rollout, state.from, now, sentence)
}

export function onRetired(rollout: Rollout, reason: string, now: Date): Transition {
  if (rollout.state.stage === 'full') return held(`${rollout.challenger} holds tier ${rollout.tier}.`)
  const stage = rollout.kind === 'ab' ? 'finished' : 'rejected'
  return end(rollout, stage, { reason: `${rollout.challenger} is retired (${reason})`, by: 'auto' }, now)
}

function actorOf(by: string): Actor {
  return by.startsWith('manual:') ? (by as Actor) : 'auto'
}
