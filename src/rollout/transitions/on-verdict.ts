import type { Rollout } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { VerdictEvent } from '../rollout-event.ts'
import { stateSentence } from '../state-sentence.ts'
import { timeLimit } from '../time-limit.ts'
import { end, held, moved } from './moves.ts'

/**
 * A later evaluation of the tier. What it says of the challenger strengthens a rollout or ends it; a weaker verdict never
 * displaces a stronger one, and what was shown once in an epoch stays shown.
 */
export function onVerdict(rollout: Rollout, event: VerdictEvent, now: Date): Transition {
  const { state, kind, challenger } = rollout
  if (kind === 'ab') return held('An A/B test is ended by people only.')
  if (state.stage === 'full') return held(stateSentence(rollout))
  const { named } = event
  if (named?.model === challenger) return sameChallenger(rollout, event, named.decision, now)
  if (named !== undefined && (named.decision === 'switch' || rollout.verdict === 'recommend')) {
    return superseded(rollout, `evaluation ${event.evaluationId} names ${named.model}`, now)
  }
  return notNamed(rollout, event, now)
}

function sameChallenger(
  rollout: Rollout,
  { evaluationId, recommendationId, epoch }: VerdictEvent,
  decision: 'switch' | 'recommend',
  now: Date,
): Transition {
  if (epoch !== rollout.epoch) {
    return superseded(rollout, `evaluation ${evaluationId} measured it anew, as what is compared has changed`, now)
  }
  const newest = { ...rollout, evaluationId, recommendationId }
  if (decision === 'recommend' || rollout.verdict === 'switch') {
    return moved(newest, rollout.state, `Evaluation ${evaluationId} says ${decision} again.`)
  }
  const { state } = rollout
  // The next look, at fresh counts, takes it from here.
  const after =
    state.stage === 'shadow' ? { ...state, waitsFor: 'evidence' as const, until: timeLimit(rollout, now) } : state
  const sentence = `Evaluation ${evaluationId} says switch: ${rollout.challenger} may serve users of tier ${rollout.tier} as its guards allow.`
  return moved({ ...newest, verdict: 'switch' }, after, sentence)
}

/** `inconclusive` ends only what no `switch` has carried yet. */
function notNamed(rollout: Rollout, { challenger, epoch, evaluationId }: VerdictEvent, now: Date): Transition {
  if (challenger === 'not-compared') return held(`Evaluation ${evaluationId} did not compare ${rollout.challenger}.`)
  if (epoch !== rollout.epoch) {
    return superseded(rollout, `evaluation ${evaluationId} compares something else, and does not name it`, now)
  }
  if (challenger !== 'dropped' && rollout.verdict === 'switch') {
    return held(`Evaluation ${evaluationId} does not take the switch back.`)
  }
  const what = challenger === 'dropped' ? 'holds it to be no better' : 'does not recommend it any more'
  return end(rollout, 'rejected', { reason: `evaluation ${evaluationId} ${what}`, by: 'auto' }, now)
}

function superseded(rollout: Rollout, reason: string, now: Date): Transition {
  return end(rollout, 'superseded', { reason, by: 'auto' }, now)
}
