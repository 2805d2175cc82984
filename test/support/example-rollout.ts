import { randomUUID } from 'node:crypto'
import { completeRollout } from '../../src/config/tier-rollout.ts'
import type { NewRolloutEvent } from '../../src/database/rollout-queries.ts'
import type { LiveObservation } from '../../src/rollout/live/live-observation.ts'
import type { Rollout, RolloutState } from '../../src/rollout/rollout.ts'
import { exampleTime } from './example-evaluation.ts'

export const incumbent = 'gemini-2.0-flash-001'
export const challenger = 'gemini-2.0-flash-lite-001'

const dayMs = 24 * 60 * 60 * 1000

export function daysAfter(days: number, from: Date = exampleTime): Date {
  return new Date(from.getTime() + days * dayMs)
}

/** A rollout of the document's models on tier 1, in the shadow since `exampleTime`. */
export function exampleRollout(overrides: Partial<Rollout> = {}): Rollout {
  return {
    id: randomUUID(),
    tier: 1,
    kind: 'challenge',
    incumbent,
    challenger,
    evaluationId: undefined,
    recommendationId: undefined,
    epoch: 'epoch-1',
    verdict: 'switch',
    state: shadowState(),
    createdAt: exampleTime,
    settings: completeRollout(),
    baseline: { n: 1000, errors: 5, invalid: 5, slowMs: 900, slowFirstTokenMs: undefined },
    countsEpoch: 0,
    approvedBy: undefined,
    confirmation: undefined,
    pin: undefined,
    ...overrides,
  }
}

const running = { since: exampleTime, countsSince: exampleTime, until: daysAfter(14) }

export function shadowState(
  overrides: Partial<Extract<RolloutState, { stage: 'shadow' }>> = {},
): Extract<RolloutState, { stage: 'shadow' }> {
  return { stage: 'shadow', ...running, waitsFor: 'evidence', ...overrides }
}

export function partialState(
  overrides: Partial<Extract<RolloutState, { stage: 'partial' }>> = {},
): Extract<RolloutState, { stage: 'partial' }> {
  return { stage: 'partial', ...running, share: 0.1, step: 0, splitBrokenSince: undefined, ...overrides }
}

export function pausedState(
  overrides: Partial<Extract<RolloutState, { stage: 'paused' }>> = {},
): Extract<RolloutState, { stage: 'paused' }> {
  return {
    stage: 'paused',
    since: exampleTime,
    until: daysAfter(14),
    from: { stage: 'shadow' },
    cause: 'person',
    reason: 'a launch',
    by: 'manual:ada',
    isReminded: false,
    ...overrides,
  }
}

export function fullState(
  overrides: Partial<Extract<RolloutState, { stage: 'full' }>> = {},
): Extract<RolloutState, { stage: 'full' }> {
  return {
    stage: 'full',
    since: exampleTime,
    evidence: 'live',
    tolerated: { error: 0.02, invalid: 0.02 },
    alarmedAt: undefined,
    incident: undefined,
    ...overrides,
  }
}

/** A healthy answer of the incumbent of tier 1, outside of a rollout. */
export function exampleObservation(overrides: Partial<LiveObservation> = {}): LiveObservation {
  return {
    requestId: 'request-1',
    at: exampleTime,
    tier: 1,
    model: incumbent,
    rolloutId: undefined,
    countsEpoch: undefined,
    arm: 'incumbent',
    stage: 'none',
    attempt: 1,
    outcome: 'answered',
    failureKind: undefined,
    invalid: undefined,
    latencyMs: 500,
    firstTokenMs: undefined,
    slow: false,
    disagrees: undefined,
    usage: { inputTokens: 900, outputTokens: 100, reasoningTokens: undefined, cachedInputTokens: undefined },
    costUsd: 0.0001,
    ...overrides,
  }
}

/** The first event of a rollout. */
export const openedEvent: NewRolloutEvent = {
  at: exampleTime,
  by: 'auto',
  event: 'opened',
  sentence: 'It begins.',
  reason: undefined,
  evidence: undefined,
  stateSentence: 'It has begun.',
}
