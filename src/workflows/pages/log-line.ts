import type { LogEntry } from '../../database/assignment-log-queries.ts'

/** A line of the record of a seat. Times are ISO 8601. */
export interface LogLine {
  at: string
  tier: number
  by: string
  /** `assigned`, `pinned`, `unpinned`, or the event of a rollout with its stages: `step: shadow to partial`. */
  what: string
  model: string | null
  previousModel: string | null
  why: string
  evaluation: string | null
}

export function logLine({ at, tier, by, what, model, previousModel, why, evaluationId }: LogEntry): LogLine {
  return {
    at: at.toISOString(),
    tier,
    by,
    what,
    model: model ?? null,
    previousModel: previousModel ?? null,
    why,
    evaluation: evaluationId ?? null,
  }
}
