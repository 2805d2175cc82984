import { counted } from '../../shared/counted.ts'
import type { FullState, IncidentState, OpenState, PausedState, Rollout } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import { day } from '../shown-words.ts'
import { stateSentence } from '../state-sentence.ts'
import { timeLimit } from '../time-limit.ts'
import { alert, end, held, moved, pause, stageOf } from './moves.ts'

/**
 * No state waits for ever. A person who was asked and says nothing has said no; what lacks traffic goes to a person; what is
 * paused is reminded of once, and ends when nobody says anything again.
 */
export function onTimePassed(rollout: Rollout, now: Date): Transition {
  const { state } = rollout
  if (state.stage === 'full' && state.incident !== undefined && now >= state.incident.until) {
    return holderStaysIll(rollout, state, state.incident.since, now)
  }
  if (!('until' in state) || now < state.until) return held(stateSentence(rollout))
  switch (state.stage) {
    case 'proposed':
      return end(rollout, 'rejected', nobody(rollout), now)
    case 'shadow':
      return state.waitsFor === 'approval' ? end(rollout, 'rejected', nobody(rollout), now) : stuck(rollout, state, now)
    case 'partial':
      return rollout.kind === 'ab' ? finished(rollout, now) : stuck(rollout, state, now)
    case 'paused':
      return state.isReminded ? end(rollout, 'rejected', nobody(rollout), now) : remind(rollout, state, now)
    case 'incident':
      return leaveIncident(rollout, state, now)
  }
}

function nobody({ settings }: Rollout) {
  return { reason: `nobody said anything in ${counted(settings.waitDays, 'day')}`, by: 'auto' } as const
}

function finished(rollout: Rollout, now: Date): Transition {
  const reason = `it ran for ${counted(rollout.settings.waitDays, 'day')}`
  return end(rollout, 'finished', { reason, by: 'auto' }, now)
}

/** Unproven by lack of traffic, or of a verdict: no rollback and no lock. */
function stuck(rollout: Rollout, state: Extract<OpenState, { stage: 'shadow' | 'partial' }>, now: Date): Transition {
  const lacks =
    state.stage === 'shadow' && state.waitsFor === 'switch' ? 'no evaluation said switch' : 'too few requests came'
  const reason = `${lacks} in ${counted(rollout.settings.waitDays, 'day')}`
  return pause(rollout, stageOf(state), { cause: 'time-limit', reason, by: 'auto' }, now, [waits(rollout, reason)])
}

function remind(rollout: Rollout, state: PausedState, now: Date): Transition {
  const reminded = { ...state, until: timeLimit(rollout, now), isReminded: true }
  const sentence = `The rollout of ${rollout.challenger} on tier ${rollout.tier} has been paused for ${counted(rollout.settings.waitDays, 'day')} and ends in as many.`
  return moved(rollout, reminded, sentence, [waits(rollout, state.reason)])
}

function leaveIncident(rollout: Rollout, { from, since }: IncidentState, now: Date): Transition {
  const reason = `the incident has lasted since ${day(since)}`
  return pause(rollout, from, { cause: 'time-limit', reason, by: 'auto' }, now, [waits(rollout, reason)])
}

/** The holder is watched again; people have been told twice. */
function holderStaysIll(rollout: Rollout, state: FullState, since: Date, now: Date): Transition {
  const sentence = `${rollout.challenger} keeps tier ${rollout.tier}; the incident has lasted since ${day(since)}.`
  const told = alert('critical', `Tier ${rollout.tier}: the incident does not end`, sentence)
  const countsEpoch = rollout.countsEpoch + 1
  return moved(rollout, { ...state, incident: undefined, alarmedAt: now }, sentence, [told], { countsEpoch })
}

function waits({ tier, challenger }: Rollout, reason: string) {
  const advice = `\`npx incumbent approve ${tier}\` lets it go on, \`npx incumbent reject ${tier}\` ends it.`
  const message = `The rollout of ${challenger} waits for a person: ${reason}. ${advice}`
  return alert('warning', `Tier ${tier}: the rollout of ${challenger} waits for a person`, message)
}
