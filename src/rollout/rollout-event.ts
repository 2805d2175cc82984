import type { RolloutCounts, RolloutStep } from './guards/rollout-counts.ts'
import type { SampleRatio } from './live/sample-ratio.ts'
import type { Baseline, Person } from './rollout.ts'

/** What can happen to a rollout. */
export type RolloutEvent = PersonEvent | EvidenceEvent | WorldEvent

export type PersonEvent =
  /** Lets a proposal start, lets a proven challenger serve users, and lets go on what is paused or in an incident. */
  | { kind: 'approve'; by: Person; reason: string | undefined; requestsPerDay: number | undefined }
  /** `reject` locks the challenger in its epoch; after `abort` the next verdict may open it again. */
  | { kind: 'reject' | 'abort'; by: Person; reason: string }
  | { kind: 'pause'; by: Person; reason: string }
  /** Gives the seat back, or ends what is on its way; the challenger is locked. */
  | { kind: 'roll-back'; by: Person; reason: string; target: RollbackTarget }

export type EvidenceEvent =
  /** The incumbent's requests are known: counting starts. */
  | { kind: 'baseline-known'; baseline: Baseline }
  | StepEvent
  | VerdictEvent
  | ConfirmedEvent
  | DegradedEvent
  /** The newest requests of the holder of the seat since an incident began. */
  | { kind: 'holder-seen'; n: number; errors: number; slow: number | undefined }

/** A look at a running stage. */
export interface StepEvent {
  kind: 'step'
  /** Of the counts; a look at earlier counts decides nothing. */
  countsEpoch: number
  counts: RolloutCounts
  step: RolloutStep
  sampleRatio: SampleRatio
  /** Live requests of the tier, for the share of a partial rollout; undefined: unknown. */
  requestsPerDay: number | undefined
}

/** A fresh re-run over the golden samples confirmed a `switch` where there is hardly any live traffic. */
export interface ConfirmedEvent {
  kind: 'confirmed'
  /** The re-run. */
  evaluationId: string
  epoch: string
  /** Of the tier in the last 14 days. */
  liveRequests: number
}

/** The verdict of a later evaluation of the tier that counts. */
export interface VerdictEvent {
  kind: 'verdict'
  evaluationId: string
  recommendationId: string
  epoch: string
  /** Whom it names; undefined for `keep`. */
  named: { model: string; decision: 'switch' | 'recommend' } | undefined
  /**
   * What became of the challenger of this rollout. `not-compared`: locked, left out or out of looks, or the run tells
   * nothing (invalid, too few samples): it changes nothing.
   */
  challenger: 'switch' | 'recommend' | 'inconclusive' | 'dropped' | 'not-compared'
}

/** The holder of the seat became worse, or its provider retired it. */
export interface DegradedEvent {
  kind: 'degraded'
  source: 'live' | 'drift' | 'retired'
  /** What was seen, in words that follow "because". */
  finding: string
  target: RollbackTarget
  /** `can_auto_rollback` of the seat. */
  mayRollBack: boolean
  /** Requests of other models in the same time: when they fail too, it is nobody's fault. Of `live` only. */
  others: { n: number; errors: number } | undefined
}

/** Who would take the seat, checked already; or why nobody can, in words that follow "because". */
export type RollbackTarget = { model: string } | { missing: string }

export type WorldEvent =
  /** A time limit may be over. */
  | { kind: 'time-passed' }
  /** Somebody changed the seat, by whatever way. */
  | { kind: 'seat-changed'; model: string | undefined; by: string; reason: string }
  | { kind: 'pinned'; by: string; reason: string }
  | { kind: 'unpinned'; by: string; reason: string }
  /** The provider of the challenger gave it up, before it held the seat. */
  | { kind: 'challenger-retired'; reason: string }
