import type { Analysis } from '../analysis/analysis.ts'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { ModelRole, SkippedModel } from '../evaluation/evaluation.ts'
import type { Evidence } from '../recommendation/evidence.ts'
import type { Gate } from '../recommendation/gates.ts'
import type { GateWords } from '../recommendation/reasoning/gate-words.ts'
import type { Comparison, Recommendation } from '../recommendation/recommendation.ts'
import type { DifferenceSpread, SampleDifference } from '../recommendation/sample-differences.ts'
import type { ComparedField, ShownAnswer } from './side-by-side.ts'
import type { VerdictInput } from './verdict-input.ts'

/** A decision from sample to verdict, as plain data. Unknown is null. */
export interface Explanation {
  evaluation: {
    id: string
    tier: number
    tierName: string
    status: string
    startedAt: string
    dataset: string
    samples: number
    repeats: number
    /** Earlier evaluations whose records the verdict rests on, too. */
    pooled: number
    applies: boolean
    /** When the answers were deleted; null while they are kept. */
    answersDeletedAt: string | null
  }
  asked: { model: string; role: ModelRole; simulated: boolean; calls: number; failed: number; costUsd: number | null }[]
  skipped: SkippedModel[]
  scoring: {
    fields: { path: string; scorer: string; weight: number }[]
    references: { latencyMs: number; costUsd: number }
    settings: Pick<DecisionSettings, 'weights' | 'formula' | 'spanSpeed' | 'spanCost'>
    words: string
  }
  analysis: Analysis
  recommendation: Recommendation
  evidence: Evidence
  reasoning: string
  /** Challengers that were asked and not judged. */
  setAside: Pick<VerdictInput, 'dropped' | 'locked'>
  /** The pair that the verdict turned on; null when no two models were asked the same. */
  pair: ExplainedPair | null
}

export interface ExplainedPair {
  /** The incumbent; for a vacant seat the model that came next. */
  held: string
  challenger: string
  /** Absent for a vacant seat: there is nobody to compare with. */
  comparison: Comparison | null
  gates: (Gate & GateWords)[]
  spread: DifferenceSpread
  movedMost: MovedSample[]
}

export interface MovedSample extends SampleDifference {
  category: string | null
  complexity: string | null
  answers: { held: ShownAnswer; challenger: ShownAnswer }
  fields: ComparedField[]
}
