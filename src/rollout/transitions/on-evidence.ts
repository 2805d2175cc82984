import { counted, countedOf } from '../../shared/counted.ts'
import { hasLiveTraffic, liveTrafficRule } from '../live/live-traffic.ts'
import { type Baseline, isRunning, type Rollout } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { ConfirmedEvent, EvidenceEvent } from '../rollout-event.ts'
import { stateSentence } from '../state-sentence.ts'
import { timeLimit } from '../time-limit.ts'
import { closeIncident, isHealthyAgain } from './incident.ts'
import { begin, held, moved, stageOf, takeSeat } from './moves.ts'

/** The incumbent's requests are known now: from here on it is compared. */
export function onBaseline(rollout: Rollout, baseline: Baseline, now: Date): Transition {
  const { state, settings } = rollout
  if (rollout.baseline !== undefined) return held('The baseline is known and frozen already.')
  if (!isRunning(state)) return held(`Nothing is counted: ${stateSentence(rollout)}`)
  const { leastBaseline } = settings.guards
  if (baseline.n < leastBaseline)
    return held(`${countedOf(baseline.n, leastBaseline, 'request')} of the incumbent are known.`)
  const sentence = `With ${counted(baseline.n, 'request')} of ${rollout.incumbent} known, ${rollout.challenger} is compared from now on.`
  return begin({ ...rollout, baseline }, stageOf(state), now, sentence)
}

/** Without live requests there is no shadow to gather evidence in: the re-run takes its place. */
export function onConfirmed(rollout: Rollout, event: ConfirmedEvent, now: Date): Transition {
  const { state, verdict, epoch, settings } = rollout
  if (verdict !== 'switch' || epoch !== event.epoch) return held('The re-run confirms no switch of this epoch.')
  if (hasLiveTraffic(event.liveRequests)) {
    return held(
      `${counted(event.liveRequests, 'live request')} in ${liveTrafficRule.days} days: live evidence decides.`,
    )
  }
  const confirmed = { ...rollout, confirmation: event.evaluationId }
  if (state.stage === 'proposed') return moved(confirmed, state, stateSentence(confirmed))
  if (state.stage !== 'shadow') return held(`A re-run decides only in the shadow: ${stateSentence(rollout)}`)
  if (settings.policy === 'auto' || rollout.approvedBy !== undefined) {
    return takeSeat(confirmed, 'no live traffic', undefined, now)
  }
  const waiting = { ...confirmed, state: { ...state, waitsFor: 'approval', until: timeLimit(rollout, now) } } as const
  return moved(waiting, waiting.state, stateSentence(waiting))
}

/** In an incident the newest requests of the holder tell when it is over. */
export function onHolderSeen(
  rollout: Rollout,
  seen: Extract<EvidenceEvent, { kind: 'holder-seen' }>,
  now: Date,
): Transition {
  if (!isHealthyAgain(rollout, seen)) {
    return held(`${seen.errors} of the newest ${seen.n} requests failed, which does not tell that an incident is over.`)
  }
  return closeIncident(rollout, `${seen.errors} of the newest ${seen.n} requests failed`, now)
}
