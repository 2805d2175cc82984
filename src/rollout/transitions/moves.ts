import { rate } from '../../shared/format-number.ts'
import { partialShare } from '../partial-share.ts'
import type {
  Actor,
  EndedState,
  FullState,
  PausedState,
  Person,
  Rollout,
  RolloutState,
  ShadowState,
  StageBefore,
} from '../rollout.ts'
import type { RolloutEffect, Transition } from '../rollout-effect.ts'
import { nameOf } from '../shown-words.ts'
import { timeLimit } from '../time-limit.ts'

/** The steps that several events share. Each gives the rollout after it, with what happened in one sentence. */

export function held(reason: string, effects: RolloutEffect[] = []): Transition {
  return { status: 'held', reason, effects }
}

export function refused(reason: string): Transition {
  return { status: 'refused', reason }
}

export function moved(
  rollout: Rollout,
  state: RolloutState,
  sentence: string,
  effects: RolloutEffect[] = [],
  changes: Partial<Omit<Rollout, 'state'>> = {},
): Transition {
  return { status: 'moved', rollout: { ...rollout, ...changes, state }, sentence, effects }
}

/** A stage begins, or begins again: what was counted before does not decide on it. */
export function begin(rollout: Rollout, stage: StageBefore, now: Date, sentence: string): Transition {
  const running = { since: now, countsSince: now, until: timeLimit(rollout, now) }
  const state: RolloutState =
    stage.stage === 'shadow'
      ? { ...running, stage: 'shadow', waitsFor: 'evidence' }
      : { ...running, stage: 'partial', share: stage.share, step: stage.step, splitBrokenSince: undefined }
  return moved(rollout, state, sentence, [], { countsEpoch: rollout.countsEpoch + 1 })
}

export function beginShadow(rollout: Rollout, now: Date): Transition {
  const { tier, challenger, incumbent } = rollout
  const sentence = `${challenger} enters the shadow of tier ${tier}: it gets copies of the requests, and ${incumbent} answers.`
  return begin(rollout, { stage: 'shadow' }, now, sentence)
}

/** @param requestsPerDay live requests of the tier; undefined: unknown */
export function beginPartial(
  rollout: Rollout,
  step: number,
  requestsPerDay: number | undefined,
  now: Date,
  { approvedBy = rollout.approvedBy }: { approvedBy?: Person | undefined } = {},
): Transition {
  const share = partialShare(rollout.settings, step, requestsPerDay)
  const sentence = `${rollout.challenger} answers ${rate(share)} of the requests of tier ${rollout.tier}.`
  return begin({ ...rollout, approvedBy }, { stage: 'partial', share, step }, now, sentence)
}

export function takeSeat(
  rollout: Rollout,
  evidence: FullState['evidence'],
  tolerated: FullState['tolerated'],
  now: Date,
  { approvedBy = rollout.approvedBy }: { approvedBy?: Person | undefined } = {},
): Transition {
  const { tier, challenger, incumbent } = rollout
  const grounds =
    evidence === 'live' ? 'its guards saw no sign of harm' : 'a fresh re-run confirmed it, without live traffic'
  const words = approvedBy === undefined ? grounds : `${grounds}, and ${nameOf(approvedBy)} approved`
  const sentence = `${challenger} takes the seat of tier ${tier}: ${words}.`
  const state: FullState = { stage: 'full', since: now, evidence, tolerated, alarmedAt: undefined, incident: undefined }
  const subject = `Tier ${tier} uses ${challenger} now`
  const message = `${sentence} ${incumbent} held it before; \`npx incumbent rollback ${tier}\` brings it back.`
  const effects: RolloutEffect[] = [
    { kind: 'assign', model: challenger, heldBy: incumbent, reason: sentence },
    { kind: 'alert', severity: 'info', subject, message },
  ]
  return moved(rollout, state, sentence, effects, { approvedBy, countsEpoch: rollout.countsEpoch + 1 })
}

export function pause(
  rollout: Rollout,
  from: StageBefore,
  { cause, reason, by }: Pick<PausedState, 'cause' | 'reason' | 'by'>,
  now: Date,
  effects: RolloutEffect[] = [],
): Transition {
  const until = timeLimit(rollout, now)
  const state: PausedState = { stage: 'paused', since: now, until, from, cause, reason, by, isReminded: false }
  const sentence = `The rollout of ${rollout.challenger} on tier ${rollout.tier} is paused: ${reason}. ${rollout.incumbent} answers every request.`
  return moved(rollout, state, sentence, effects)
}

/**
 * Ends what is on its way; every request goes to the holder of the seat.
 * @param words.locks the challenger starts no rollout again in its epoch
 */
export function end(
  rollout: Rollout,
  stage: EndedState['stage'],
  {
    reason,
    by,
    locks = false,
    effects = [],
  }: { reason: string; by: Actor; locks?: boolean; effects?: RolloutEffect[] },
  now: Date,
): Transition {
  const sentence = `The rollout of ${rollout.challenger} on tier ${rollout.tier} ${endWords[stage]}: ${reason}.`
  // An A/B test rests on no verdict that could be shut out.
  const locksChallenger = locks && rollout.kind === 'challenge'
  return moved(rollout, { stage, since: now, reason, by, locksChallenger }, sentence, effects)
}

const endWords: Record<EndedState['stage'], string> = {
  'rolled-back': 'is rolled back',
  rejected: 'is rejected',
  superseded: 'is superseded',
  finished: 'is finished',
}

export function alert(
  severity: 'info' | 'warning' | 'critical',
  subject: string,
  message: string,
): Extract<RolloutEffect, { kind: 'alert' }> {
  return { kind: 'alert', severity, subject, message }
}

/** Where a running stage would go on. */
export function stageOf(state: ShadowState | Extract<RolloutState, { stage: 'partial' }>): StageBefore {
  return state.stage === 'shadow' ? { stage: 'shadow' } : { stage: 'partial', share: state.share, step: state.step }
}
