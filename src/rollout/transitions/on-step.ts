import { counted, countedOf } from '../../shared/counted.ts'
import { rate } from '../../shared/format-number.ts'
import type { GuardName, RolloutStep } from '../guards/rollout-counts.ts'
import { isRunning, type PartialState, type Rollout, type RunningState, type ShadowState } from '../rollout.ts'
import type { Transition } from '../rollout-effect.ts'
import type { StepEvent } from '../rollout-event.ts'
import { stateSentence } from '../state-sentence.ts'
import { timeLimit } from '../time-limit.ts'
import { holdReason } from './hold-reason.ts'
import { beginIncident } from './incident.ts'
import { alert, beginPartial, end, held, moved, takeSeat } from './moves.ts'

/**
 * A look at a running stage. The order of the gates is that of a good rollout controller: a harmed user first, however few
 * the requests; then a broken split; then too few requests, nothing proven yet, no `switch`; a person is asked last.
 */
export function onStep(rollout: Rollout, event: StepEvent, now: Date): Transition {
  const { state } = rollout
  if (!isRunning(state)) return held(`Nothing is counted: ${stateSentence(rollout)}`)
  if (event.countsEpoch !== rollout.countsEpoch) return held('These requests were counted before the stage began.')
  const { decision } = event.step
  if (decision === 'incident') return beginIncident(rollout, state, sharedTrouble(event.step), now)
  const lacksProof = decision === 'rollback' && isOnlyUnproven(event.step)
  if (decision === 'rollback' && !(lacksProof && (rollout.kind === 'ab' || rollout.baseline === undefined))) {
    return rolledBack(rollout, event, now)
  }
  if (state.stage === 'partial') {
    const broken = brokenSplit(rollout, state, event, now)
    if (broken !== undefined) return broken
  }
  // What is compared against has to be frozen first, and counting starts again then.
  if (decision !== 'promote' || rollout.baseline === undefined) return held(holdReason(rollout, state, event))
  return onward(rollout, state, event, now)
}

function onward(rollout: Rollout, state: RunningState, event: StepEvent, now: Date): Transition {
  if (rollout.kind === 'ab') return held('No sign of harm; an A/B test goes on until a person ends it.')
  if (state.stage === 'shadow') return outOfShadow(rollout, state, event, now)
  const { p0Error: error, p0Invalid: invalid } = event.step
  return state.step + 1 < rollout.settings.steps.length
    ? beginPartial(rollout, state.step + 1, event.requestsPerDay, now)
    : takeSeat(rollout, 'live', { error, invalid }, now)
}

function outOfShadow(rollout: Rollout, state: ShadowState, event: StepEvent, now: Date): Transition {
  const isCleared = rollout.verdict === 'switch' || rollout.approvedBy !== undefined
  if (!isCleared) return waitFor(rollout, state, 'switch', now)
  const isAllowed = rollout.settings.policy === 'auto' || rollout.approvedBy !== undefined
  return isAllowed ? beginPartial(rollout, 0, event.requestsPerDay, now) : waitFor(rollout, state, 'approval', now)
}

function waitFor(rollout: Rollout, state: ShadowState, waitsFor: 'switch' | 'approval', now: Date): Transition {
  if (state.waitsFor === waitsFor) return held(stateSentence(rollout))
  const waiting = { ...rollout, state: { ...state, waitsFor, until: timeLimit(rollout, now) } }
  const sentence = stateSentence(waiting)
  const asked = alert('info', `Tier ${rollout.tier}: ${rollout.challenger} waits for a person`, sentence)
  return moved(rollout, waiting.state, sentence, waitsFor === 'approval' ? [asked] : [])
}

function rolledBack(rollout: Rollout, { step, counts }: StepEvent, now: Date): Transition {
  const reason = isOnlyUnproven(step)
    ? `${counted(counts.canary.n, 'request')} did not prove that it is as good`
    : step.alarms.flatMap((name) => (name === 'unproven' ? [] : findings[name](counts.canary))).join(', and ')
  const { tier, challenger, incumbent } = rollout
  const message = `${challenger} went back: ${reason}. ${incumbent} answers every request of tier ${tier}.`
  const told = alert('warning', `Tier ${tier}: ${challenger} was rolled back`, message)
  return end(rollout, 'rolled-back', { reason, by: 'auto', locks: true, effects: [told] }, now)
}

function isOnlyUnproven({ alarms }: RolloutStep): boolean {
  return alarms.every((name) => name === 'unproven')
}

type Canary = StepEvent['counts']['canary']
const findings: Record<GuardName, (canary: Canary) => string> = {
  error: ({ errors, n }) => `${countedOf(errors, n, 'request')} failed`,
  invalid: ({ invalid, n }) => `${countedOf(invalid, n, 'answer')} broke their schema`,
  latency: ({ slow, n }) => `${countedOf(slow, n, 'request')} were slower than the incumbent's limit or failed`,
  disagree: ({ disagree, n }) => `${countedOf(disagree, n, 'answer')} differ from the incumbent's`,
}

function sharedTrouble({ alarms }: RolloutStep): string {
  const what = alarms.includes('error') ? 'requests fail' : 'requests are slow'
  return `${what} with challenger and incumbent alike`
}

/** People are told once; undefined while the split keeps its share. */
function brokenSplit(
  rollout: Rollout,
  state: PartialState,
  { sampleRatio }: StepEvent,
  now: Date,
): Transition | undefined {
  const { tier, challenger } = rollout
  if (sampleRatio.status !== 'broken') {
    if (state.splitBrokenSince === undefined) return undefined
    return moved(rollout, { ...state, splitBrokenSince: undefined }, `The split of tier ${tier} keeps its share again.`)
  }
  const seen = rate(sampleRatio.share ?? 0)
  const sentence = `${challenger} got ${seen} of the requests of tier ${tier} in place of ${rate(state.share)}: the split is broken, and nothing goes on.`
  if (state.splitBrokenSince !== undefined) return held(sentence)
  const told = alert('warning', `Tier ${tier}: the split is broken`, sentence)
  return moved(rollout, { ...state, splitBrokenSince: now }, sentence, [told])
}
