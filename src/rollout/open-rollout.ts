import { lockEnd } from '../recommendation/reasoning/set-aside-text.ts'
import { type Baseline, isEnded, isOpen, type Person, type Pin, type Rollout } from './rollout.ts'
import type { RolloutEffect } from './rollout-effect.ts'
import { day, nameOf } from './shown-words.ts'
import { stateSentence } from './state-sentence.ts'
import { timeLimit } from './time-limit.ts'

/** What is known when a rollout is to be opened. */
export interface Opening extends Pick<Rollout, 'id' | 'tier' | 'incumbent' | 'challenger' | 'settings'> {
  /** The incumbent's requests; with fewer than the guards need they are gathered first. */
  baseline: Baseline | undefined
  pin: Pin | undefined
  /** There is no live traffic to try it on: the same cycle asks everything once more, and that decides. */
  awaitsRerun?: boolean
  /** Rollouts of the tier, in any order: the open one where there is one, and those of the challenger. */
  others: readonly Rollout[]
}

export type Opened =
  | { status: 'opened'; rollout: Rollout; sentence: string; effects: RolloutEffect[] }
  | { status: 'refused'; reason: string }

type Grounds = Pick<Rollout, 'evaluationId' | 'recommendationId' | 'epoch'> & { verdict: 'switch' | 'recommend' }

/**
 * Opens the rollout of a challenger that a verdict names. The open rollout of the tier, if any, has been told of the
 * verdict before (`transition`), and may have ended by it.
 */
export function openRollout(opening: Opening, grounds: Grounds, now: Date): Opened {
  const reason = obstacleTo(opening) ?? lockOf(opening, grounds)
  if (reason !== undefined) return { status: 'refused', reason }
  const waiting = { since: now, until: timeLimit(opening, now) }
  const state: Rollout['state'] =
    opening.settings.policy === 'auto'
      ? { ...waiting, stage: 'shadow', countsSince: now, waitsFor: 'evidence' }
      : { ...waiting, stage: 'proposed' }
  const rollout: Rollout = { ...newRollout(opening, now), ...grounds, kind: 'challenge', state }
  const sentence = openedSentence(rollout, opening)
  const subject = `Tier ${rollout.tier}: ${rollout.challenger} ${state.stage === 'shadow' ? 'enters the shadow' : 'is proposed'}`
  return {
    status: 'opened',
    rollout,
    sentence,
    effects: [{ kind: 'alert', severity: 'info', subject, message: sentence }],
  }
}

function openedSentence(rollout: Rollout, { tier, challenger, awaitsRerun = false }: Opening): string {
  return rollout.state.stage === 'shadow' && awaitsRerun
    ? `${challenger} is in the shadow of tier ${tier} while both models are asked everything once more.`
    : stateSentence(rollout)
}

/**
 * Opens an A/B test: a share of the requests goes to the challenger until a person ends it, its guards roll it back, or its
 * time is over. It never takes the seat.
 * @param share above 0, at most 0.5
 */
export function openAbTest(opening: Opening, { share, by }: { share: number; by: Person }, now: Date): Opened {
  const reason = obstacleTo(opening)
  if (reason !== undefined) return { status: 'refused', reason }
  const settings = { ...opening.settings, steps: [share] }
  const rollout: Rollout = {
    ...newRollout({ ...opening, settings }, now),
    kind: 'ab',
    verdict: 'ab',
    approvedBy: by,
    state: {
      stage: 'partial',
      since: now,
      countsSince: now,
      until: timeLimit(opening, now),
      share,
      step: 0,
      splitBrokenSince: undefined,
    },
  }
  return { status: 'opened', rollout, sentence: stateSentence(rollout), effects: [] }
}

function newRollout({ others: _others, awaitsRerun: _awaitsRerun, ...opening }: Opening, now: Date) {
  const { baseline, settings } = opening
  const isEnough = baseline !== undefined && baseline.n >= settings.guards.leastBaseline
  return {
    ...opening,
    baseline: isEnough ? baseline : undefined,
    createdAt: now,
    evaluationId: undefined,
    recommendationId: undefined,
    epoch: undefined,
    countsEpoch: 0,
    approvedBy: undefined,
    confirmation: undefined,
  }
}

function obstacleTo({ tier, incumbent, challenger, pin, others }: Opening): string | undefined {
  if (challenger === incumbent) return `${challenger} holds tier ${tier} already.`
  if (pin !== undefined) {
    return `${nameOf(pin.by)} has pinned tier ${tier} to ${pin.model} (${pin.reason}); \`npx incumbent unpin ${tier}\` lets models move again.`
  }
  const open = others.find(({ state }) => isOpen(state))
  if (open === undefined) return undefined
  return `${stateSentence(open)} A tier has one rollout at a time; \`npx incumbent abort ${tier}\` ends this one.`
}

function lockOf({ challenger, others }: Opening, { epoch }: Grounds): string | undefined {
  const earlier = others.find((other) => {
    const isSame = other.challenger === challenger && other.epoch === epoch && other.kind === 'challenge'
    return isSame && isEnded(other.state) && other.state.locksChallenger
  })
  if (earlier === undefined || !isEnded(earlier.state)) return undefined
  const { since, reason } = earlier.state
  return `${challenger} is locked since ${day(since)} (${reason}), ${lockEnd}.`
}
