import type { SkippedModel } from '../evaluation/evaluation.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import type { Estimate } from './estimate.ts'

/** An evaluation that is about to ask its calls. */
export interface PlannedEvaluation {
  id: string
  tier: number
  tierName: string
  dataset: string
  samples: number
  models: { model: string; planned: number; done: number }[]
  skipped: SkippedModel[]
  estimate: Estimate
}

/** Hears what happens in a cycle while it happens: a progress bar, a log, later a page. */
export interface CycleListener {
  planned(evaluation: PlannedEvaluation): void
  outcome(outcome: Outcome): void
  /** More calls of a model will be made than were planned. */
  planMore(model: string, calls: number): void
  /** Something that a person should know now. */
  note(text: string): void
  /** The evaluation that was planned last is decided. */
  finished(): void
  /** The cycle ended early. */
  stopped(): void
}

export const silentListener: CycleListener = {
  planned: () => {},
  outcome: () => {},
  planMore: () => {},
  note: () => {},
  finished: () => {},
  stopped: () => {},
}
