import type { RolloutCounts, RolloutStep } from './guards/rollout-counts.ts'
import type { SampleRatio } from './live/sample-ratio.ts'
import type { Actor, Baseline } from './rollout.ts'

/** What can happen to a rollout. Who is `by` where both the service and a person can do it. */
export type RolloutEvent = PersonEvent | EvidenceEvent | WorldEvent

export type PersonEvent =
  | { kind: 'approve'; by: Actor; reason: string | undefined; requestsPerDay: number | undefined }
  | { kind: 'reject' | 'abort'; by: Actor; reason: string }
  | { kind: 'pause'; by: Actor; reason: string }
  | { kind: 'continue'; by: Actor; reason: string | undefined }
  /** Of an A/B test. */
  | { kind: 'stop'; by: Actor; reason: string }

export type EvidenceEvent =
  /** The incumbent's requests are known: counting starts. */
  | { kind: 'baseline-known'; baseline: Baseline }
  | StepEvent
  | VerdictEvent
  /** There is no live traffic, and a fresh re-run over the golden samples confirmed the `switch`. */
  | { kind: 'confirmed'; evaluationId: string; epoch: string }
  | DegradedEvent
  /** The newest requests of the holder of the seat since an incident began. */
  | { kind: 'holder-seen'; n: number; errors: number }

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
  /** Who would take over: checked already; or why nobody can. */
  target: { model: string } | { missing: string }
  /** `can_auto_rollback` of the seat. */
  mayRollBack: boolean
  /** Requests of other models in the same time: when they fail too, it is nobody's fault. Of `live` only. */
  others: { n: number; errors: number } | undefined
}

export type WorldEvent =
  /** A time limit may be over. */
  | { kind: 'time-passed' }
  /** Somebody changed the seat, by whatever way. */
  | { kind: 'seat-changed'; model: string | undefined; by: string; reason: string }
  | { kind: 'pinned'; by: string; reason: string }
  | { kind: 'unpinned'; by: string; reason: string }
  /** The provider of the challenger gave it up, before it held the seat. */
  | { kind: 'challenger-retired'; reason: string }
