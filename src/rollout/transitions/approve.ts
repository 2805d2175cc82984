import type { Rollout, ShadowState } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { PersonEvent } from '../rollout-event.ts'
import { nameOf } from '../shown-words.ts'
import { stateSentence } from '../state-sentence.ts'
import { closeIncident } from './incident.ts'
import { begin, beginPartial, beginShadow, refused, takeSeat } from './moves.ts'

type Approval = Extract<PersonEvent, { kind: 'approve' }>

/**
 * A person's yes. It lets a proposal into the shadow, and a challenger that has proven itself there on to users; it is not
 * taken before the other gates are cleared. What is paused or in an incident goes on.
 */
export function approve(rollout: Rollout, approval: Approval, now: Date): Transition {
  const { state, tier, challenger } = rollout
  switch (state.stage) {
    case 'proposed':
      return rollout.confirmation === undefined
        ? beginShadow(rollout, now)
        : takeSeat(rollout, 'no live traffic', undefined, now, { approvedBy: approval.by })
    case 'shadow':
      return fromShadow(rollout, state, approval, now)
    case 'paused': {
      const sentence = `${nameOf(approval.by)} lets the rollout of ${challenger} on tier ${tier} go on. Counting starts again.`
      return begin(rollout, state.from, now, sentence)
    }
    case 'incident':
      return closeIncident(rollout, `${nameOf(approval.by)} says so`, now)
    case 'partial':
      return refused(`${challenger} serves a part of the users of tier ${tier} already; its guards decide on the rest.`)
    case 'full':
      if (state.incident !== undefined) return closeIncident(rollout, `${nameOf(approval.by)} says so`, now)
      return refused(`There is nothing to approve: ${challenger} holds tier ${tier} already.`)
    default:
      return refused(stateSentence(rollout))
  }
}

/** Of a `recommend` a person may be the `switch`: it answers for what no evaluation has shown. */
function fromShadow(
  rollout: Rollout,
  { waitsFor }: ShadowState,
  { by, requestsPerDay }: Approval,
  now: Date,
): Transition {
  if (waitsFor === 'evidence') {
    const { tier, challenger } = rollout
    return refused(
      `${challenger} has not proven itself in the shadow yet: a person is asked last. \`npx incumbent assign ${tier} ${challenger}\` gives it the seat at once.`,
    )
  }
  if (rollout.confirmation !== undefined)
    return takeSeat(rollout, 'no live traffic', undefined, now, { approvedBy: by })
  return beginPartial(rollout, 0, requestsPerDay, now, { approvedBy: by })
}
