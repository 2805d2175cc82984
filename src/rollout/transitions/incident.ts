import { wilsonInterval } from '../../analysis/statistics/wilson-interval.ts'
import { toleratedErrorRate } from '../guards/tolerated-rate.ts'
import type { FullState, IncidentState, Rollout, RunningState } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import { timeLimit } from '../time-limit.ts'
import { waitingAdvice } from '../waiting-advice.ts'
import { alert, begin, held, moved, stageOf } from './moves.ts'

/** Everybody suffers: nobody is blamed, the holder of the seat gets every request, people are told. */
export function beginIncident(rollout: Rollout, state: RunningState, reason: string, now: Date): Transition {
  const incident: IncidentState = {
    stage: 'incident',
    since: now,
    until: timeLimit(rollout, now),
    from: stageOf(state),
    reason,
  }
  return begun({ ...rollout, state: incident }, reason)
}

/** The same of a model that holds the seat: it keeps it, and its alarms count for nothing as long. */
export function beginIncidentOfHolder(rollout: Rollout, state: FullState, reason: string, now: Date): Transition {
  const incident = { since: now, until: timeLimit(rollout, now), reason }
  return begun({ ...rollout, state: { ...state, incident } }, reason)
}

function begun(rollout: Rollout, reason: string): Transition {
  const { tier, state } = rollout
  const sentence = `Incident on tier ${tier}: ${reason}. Nothing is concluded from it.`
  const told = alert('critical', `Tier ${tier}: ${reason}`, `${sentence} ${waitingAdvice(rollout) ?? ''}`)
  return moved(rollout, state, sentence, [{ ...told, isOfIncident: true }])
}

/** What was interrupted goes on, and counts from 0. */
export function closeIncident(rollout: Rollout, why: string, now: Date): Transition {
  const { state, tier } = rollout
  const sentence = `The incident on tier ${tier} is over: ${why}. Counting starts again.`
  if (state.stage === 'incident') return begin(rollout, state.from, now, sentence)
  if (state.stage !== 'full' || state.incident === undefined) return held('There is no incident.')
  return moved(rollout, { ...state, incident: undefined }, sentence, [], { countsEpoch: rollout.countsEpoch + 1 })
}

const boundZ = 1.6448536269514722
const usualErrorRate = 0.02
const leastRequests = 100

/** Whether the newest requests of the holder exclude, one-sided at 95 %, what a promotion excludes. */
export function isHealthyAgain(
  rollout: Rollout,
  { n, errors, slow }: { n: number; errors: number; slow: number | undefined },
): boolean {
  if (n < leastRequests) return false
  const { boundFactor, slowBound } = rollout.settings.guards
  const upper = (events: number) => wilsonInterval(events, n, boundZ)?.[1] ?? 1
  const isQuick = slow === undefined || upper(slow) <= slowBound
  return isQuick && upper(errors) <= boundFactor * toleratedErrors(rollout)
}

function toleratedErrors({ state, baseline }: Rollout): number {
  if (state.stage === 'full' && state.tolerated !== undefined) return state.tolerated.error
  return baseline === undefined ? usualErrorRate : toleratedErrorRate(baseline.errors, baseline.n)
}
