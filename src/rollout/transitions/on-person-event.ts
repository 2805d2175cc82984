import { isOpen, isRunning, type Rollout } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { PersonEvent } from '../rollout-event.ts'
import { day, nameOf } from '../shown-words.ts'
import { approve } from './approve.ts'
import { end, pause, refused, stageOf } from './moves.ts'

type Of<Kind extends PersonEvent['kind']> = Extract<PersonEvent, { kind: Kind }>

/** What people say of a rollout that has not ended. */
export function onPersonEvent(rollout: Rollout, event: PersonEvent, now: Date): Transition {
  switch (event.kind) {
    case 'approve':
      return approve(rollout, event, now)
    case 'pause':
      return pauseByPerson(rollout, event, now)
    case 'reject':
    case 'abort':
      return endByPerson(rollout, event, now)
    case 'roll-back':
      return rollBackByPerson(rollout, event, now)
  }
}

function pauseByPerson(rollout: Rollout, { by, reason }: Of<'pause'>, now: Date): Transition {
  const { state, tier } = rollout
  const words = { cause: 'person', reason, by } as const
  if (isRunning(state)) return pause(rollout, stageOf(state), words, now)
  switch (state.stage) {
    case 'incident':
      return pause(rollout, state.from, words, now)
    case 'paused':
      return refused(`It is paused already, by ${nameOf(state.by)} on ${day(state.since)}: ${state.reason}.`)
    case 'proposed':
      return refused(
        `Nothing is on its way yet that could be paused; \`npx incumbent reject ${tier}\` ends the proposal.`,
      )
    default:
      return refused(nothingMoves(rollout))
  }
}

function nothingMoves({ tier, challenger }: Rollout): string {
  return `Nothing is on its way: ${challenger} holds tier ${tier}. \`npx incumbent pin ${tier}\` keeps it there, \`npx incumbent rollback ${tier}\` brings the model before back.`
}

function endByPerson(rollout: Rollout, { kind, by, reason }: Of<'reject' | 'abort'>, now: Date): Transition {
  const { state, tier, challenger } = rollout
  if (!isOpen(state)) {
    return refused(
      `${challenger} holds tier ${tier} already; \`npx incumbent rollback ${tier}\` brings the model before back.`,
    )
  }
  const what = `${nameOf(by)} ${kind === 'reject' ? 'rejected' : 'stopped'} it (${reason})`
  const stage = rollout.kind === 'ab' ? 'finished' : 'rejected'
  return end(rollout, stage, { reason: what, by, locks: kind === 'reject' }, now)
}

function rollBackByPerson(rollout: Rollout, { by, reason, target }: Of<'roll-back'>, now: Date): Transition {
  const { state, tier, challenger } = rollout
  const words = { reason: `${nameOf(by)} rolled it back (${reason})`, by, locks: true }
  if (state.stage !== 'full') return end(rollout, 'rolled-back', words, now)
  if ('missing' in target) return refused(`${challenger} keeps tier ${tier}, because ${target.missing}.`)
  const given = { kind: 'roll-back', to: target.model, heldBy: challenger, reason: words.reason } as const
  return end(rollout, 'rolled-back', { ...words, effects: [given] }, now)
}
