import { counted } from '../shared/counted.ts'
import { rate } from '../shared/format-number.ts'
import type { FullState, PausedState, ProposedState, Rollout, ShadowState } from './rollout.ts'
import { day, nameOf } from './shown-words.ts'

/** The state of a rollout in one sentence for people. */
export function stateSentence(rollout: Rollout): string {
  const { state, tier, challenger, incumbent } = rollout
  switch (state.stage) {
    case 'proposed':
      return proposedSentence(rollout, state)
    case 'shadow':
      return `${challenger} is in the shadow of tier ${tier}, where no user sees its answers, and ${shadowWaits(rollout, state)}.`
    case 'partial':
      return `${challenger} answers ${rate(state.share)} of the requests of tier ${tier}${stepWords(rollout, state.step)}, ${incumbent} the others.`
    case 'full':
      return fullSentence(rollout, state)
    case 'paused':
      return pausedSentence(rollout, state)
    case 'incident':
      return `Since ${day(state.since)} there is an incident on tier ${tier}: ${state.reason}; ${incumbent} answers every request.`
    case 'rolled-back':
      return `${challenger} was rolled back on tier ${tier} on ${day(state.since)}: ${state.reason}.`
    case 'rejected':
      return `${challenger} was rejected for tier ${tier} on ${day(state.since)}: ${state.reason}.`
    case 'superseded':
      return `The rollout of ${challenger} on tier ${tier} was superseded on ${day(state.since)}: ${state.reason}.`
    case 'finished':
      return `The A/B test of ${challenger} on tier ${tier} ended on ${day(state.since)}: ${state.reason}.`
  }
}

function proposedSentence(
  { tier, challenger, incumbent, settings, confirmation }: Rollout,
  state: ProposedState,
): string {
  const until = `until ${day(state.until)}`
  if (settings.policy === 'recommend-only') {
    return `${challenger} is recommended for tier ${tier}, which is set to recommend only: ${incumbent} stays unless a person approves ${until}.`
  }
  const seat = confirmation === undefined ? '' : ', who would give it the seat at once, as there is no live traffic'
  return `${challenger} is proposed for tier ${tier} and waits for a person ${until}${seat}.`
}

function shadowWaits({ baseline, settings }: Rollout, { waitsFor, until }: ShadowState): string {
  switch (waitsFor) {
    case 'switch':
      return 'waits, proven there, for an evaluation that says switch, or for a person'
    case 'approval':
      return `waits, proven there, for a person to let it serve users until ${day(until)}`
    case 'evidence':
      return baseline === undefined
        ? `waits for ${counted(settings.guards.leastBaseline, 'request')} of the incumbent, to compare with`
        : 'gathers evidence'
  }
}

function stepWords({ settings: { steps } }: Rollout, step: number): string {
  return steps.length > 1 ? ` (step ${step + 1} of ${steps.length})` : ''
}

function fullSentence({ tier, challenger }: Rollout, state: FullState): string {
  const how = state.evidence === 'live' ? 'proven on live requests' : 'confirmed by a re-run without live traffic'
  if (state.incident !== undefined) {
    return `${challenger} holds tier ${tier}; since ${day(state.incident.since)} there is an incident: ${state.incident.reason}.`
  }
  const told =
    state.alarmedAt === undefined ? '' : `; it has been degraded since ${day(state.alarmedAt)} and was not rolled back`
  return `${challenger} holds tier ${tier} since ${day(state.since)}, ${how}${told}.`
}

function pausedSentence({ tier, challenger, incumbent }: Rollout, { by, since, reason, until }: PausedState): string {
  const who = `${nameOf(by)} paused the rollout of ${challenger} on tier ${tier} on ${day(since)}: ${reason}`
  return `${who}; ${incumbent} answers every request, and a person is waited for until ${day(until)}.`
}
