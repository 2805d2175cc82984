import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import type { LockReason, SkippedModel } from '../evaluation/evaluation.ts'
import type { DriftWatch } from '../rollout/watch-incumbent.ts'
import type { FirstBaseline } from './first-baseline.ts'
import type { Look } from './pool-history.ts'
import type { PooledEvaluation } from './pooled-records.ts'
import type { DroppedChallenger } from './racing.ts'

/**
 * What a verdict rests on, stored with it: what `recommend` was given, less the records, which are the stored outcomes of
 * this evaluation and of those that are named here; and who was not judged, and why.
 */
export interface VerdictInput extends Omit<EvaluationRecords, 'records'> {
  /** Of the records of this evaluation. */
  week: string
  /** Models whose records `recommend` was given. */
  judged: string[]
  pooled: PooledEvaluation[]
  /** The looks that this evaluation is; none when nothing follows from it. */
  verdicts: Look[]
  dropped: DroppedChallenger[]
  locked: LockedChallenger[]
  leftOut: SkippedModel[]
  /** What makes results before this evaluation incomparable, in words. */
  epochChanges: string[]
  /** Why the target of a switch or of an initial assignment may not take the seat all the same; null: it may. */
  refusal: string | null
  /** How the incumbent does against its own first runs; null where it was not watched. */
  drift: DriftWatch | null
  /** References that this evaluation sets for those after it. */
  baseline?: FirstBaseline
}

export interface LockedChallenger {
  model: string
  reason: LockReason
  /** Asked once each, for its trend. */
  samples: number
}

/** The challengers that were asked and not judged; a verdict from before there was racing names none. */
export function setAsideOf(stored: { input: Partial<VerdictInput> }): Pick<VerdictInput, 'dropped' | 'locked'> {
  return { dropped: stored.input.dropped ?? [], locked: stored.input.locked ?? [] }
}

/** The reverse of storing it. */
export function verdictInputOf(stored: { input: object }): VerdictInput {
  return stored.input as VerdictInput
}
