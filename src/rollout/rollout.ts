import type { TierRollout } from '../config/tier-rollout.ts'

/** `manual:` and the name. */
export type Person = `manual:${string}`
/** Who did something: the service, or a person. */
export type Actor = 'auto' | Person

/**
 * The way of a challenger to the seat of a tier, or an A/B test, which never takes it. A tier has at most one that is open
 * and, beside it, at most one that is full: the one that brought its holder, which is watched on.
 */
export interface Rollout {
  id: string
  tier: number
  kind: 'challenge' | 'ab'
  incumbent: string
  challenger: string
  /** The newest verdict that named the challenger; undefined for an A/B test. */
  evaluationId: string | undefined
  recommendationId: string | undefined
  /** Of the evaluation; a verdict of another epoch is about something else. Undefined for an A/B test. */
  epoch: string | undefined
  /** The strongest verdict of the epoch: only `switch`, or a person, lets a challenger serve users. */
  verdict: 'recommend' | 'switch' | 'ab'
  state: RolloutState
  createdAt: Date
  /** The settings of the tier when it was opened: a change of the file is for the next rollout. */
  settings: TierRollout
  /** What the incumbent did before; undefined until enough of its requests are known. */
  baseline: Baseline | undefined
  /**
   * Counts are kept under this number, and it grows whenever they start from 0: what was counted before a stage began,
   * before a pause or in an incident never decides on what came after.
   */
  countsEpoch: number
  /** The person who let it serve users, where the policy or a `recommend` asks for one. */
  approvedBy: Person | undefined
  /**
   * The evaluation in which a fresh re-run confirmed the `switch` while there was no live traffic: the seat needs no shadow
   * any more, and at most a person's word.
   */
  confirmation: string | undefined
  /** Loaded with it: while a seat is pinned, nothing moves by itself. */
  pin: Pin | undefined
}

export type RolloutState = OpenState | FullState | EndedState
export type OpenState = ProposedState | ShadowState | PartialState | PausedState | IncidentState
export type Stage = RolloutState['stage']
/** The stages in which the challenger is asked. */
export type RunningState = ShadowState | PartialState

/** Waits for a person (policy `approve`), or is only shown (`recommend-only`). */
export interface ProposedState {
  stage: 'proposed'
  since: Date
  /** Nobody said anything until then: rejected. */
  until: Date
}

/** Copies of requests go to the challenger; users never see its answers. */
export interface ShadowState {
  stage: 'shadow'
  since: Date
  countsSince: Date
  until: Date
  /** `evidence` of its guards; then a `switch` of the epoch; then, last, a person, where the policy asks for one. */
  waitsFor: 'evidence' | 'switch' | 'approval'
}

/** A share of the requests is answered by the challenger. */
export interface PartialState {
  stage: 'partial'
  since: Date
  countsSince: Date
  until: Date
  /** Above 0, at most 0.5. */
  share: number
  /** From 0. */
  step: number
  /** The split did not keep its share: people were told, and nothing goes on while it is so. */
  splitBrokenSince: Date | undefined
}

/** The challenger holds the seat and is watched by CUSUMs. */
export interface FullState {
  stage: 'full'
  since: Date
  evidence: 'live' | 'no live traffic'
  /** Rates that the CUSUMs tolerate; undefined where no live baseline was known: only the weekly drift test guards. */
  tolerated: { error: number; invalid: number } | undefined
  /** It alarmed and could not be rolled back: people were told, once. */
  alarmedAt: Date | undefined
  /**
   * Other models fail as it does: no reason to roll back. It stays full, as the seat does not move, and a next rollout may
   * be on its way.
   */
  incident: { since: Date; until: Date; reason: string } | undefined
}

/** Every request goes to the incumbent until a person continues. */
export interface PausedState {
  stage: 'paused'
  since: Date
  until: Date
  from: StageBefore
  /** `pin`: goes on when the pin is taken away; the others when a person says so. */
  cause: 'person' | 'time-limit' | 'pin'
  reason: string
  by: Actor
  /** Whether people were reminded already: the next time limit ends it. */
  isReminded: boolean
}

/**
 * Challenger and incumbent fail alike: nobody is to blame, every request goes to the holder of the seat. It ends by a person,
 * or when the holder's newest requests are healthy again.
 */
export interface IncidentState {
  stage: 'incident'
  since: Date
  until: Date
  from: StageBefore
  reason: string
}

export interface EndedState {
  stage: 'rolled-back' | 'rejected' | 'superseded' | 'finished'
  since: Date
  reason: string
  by: Actor
  /** The challenger starts no rollout again in its epoch. */
  locksChallenger: boolean
}

/** Where a rollout goes on after a pause or an incident. */
export type StageBefore = { stage: 'shadow' } | { stage: 'partial'; share: number; step: number }

/** The incumbent's requests before the rollout, frozen. */
export interface Baseline {
  n: number
  errors: number
  invalid: number
  /** Latency above which a request counts as slow; undefined while no latency is known. */
  slowMs: number | undefined
  /** The same for the first token of a streamed answer. */
  slowFirstTokenMs: number | undefined
}

/** A person's word that automation cannot undo. */
export interface Pin {
  model: string
  by: string
  reason: string
  at: Date
}

export function isOpen(state: RolloutState): state is OpenState {
  return !isEnded(state) && state.stage !== 'full'
}

export function isEnded(state: RolloutState): state is EndedState {
  return ['rolled-back', 'rejected', 'superseded', 'finished'].includes(state.stage)
}

export function isRunning(state: RolloutState): state is RunningState {
  return state.stage === 'shadow' || state.stage === 'partial'
}

/** Whether the requests of its tier suffer whoever answers them. */
export function hasIncident({ state }: Pick<Rollout, 'state'>): boolean {
  return state.stage === 'incident' || (state.stage === 'full' && state.incident !== undefined)
}
