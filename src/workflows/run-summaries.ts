import { analyse } from '../analysis/analyse.ts'
import { clampedUtilities } from '../analysis/clamped-utilities.ts'
import { settingsOf } from '../analysis/decision-settings.ts'
import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import { fieldRelative } from '../analysis/field-relative.ts'
import { summariseRun } from '../analysis/run-summary.ts'
import type { PlannedModel, RunSummary } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { RunStanding } from './run-standings.ts'

/**
 * What is stored and shown of each run of an evaluation. A run that is not judged keeps what it took and has no scores.
 * @param records of this evaluation alone: a run is what was measured in it, whatever its verdict rests on besides
 */
export function runSummaries(
  models: readonly PlannedModel[],
  outcomes: readonly MeasuredOutcome[],
  records: EvaluationRecords,
  standings: ReadonlyMap<string, RunStanding>,
): Map<string, RunSummary> {
  const analysis = analyse(records)
  const clamped = clampedUtilities(records)
  const byModel = Map.groupBy(outcomes, ({ model }) => model)
  const tokens = Object.fromEntries([...byModel].map(([name, own]) => [name, tokensPerCall(own)]))
  const isJudged = (name: string) => standings.get(name)?.status === 'judged'
  const judged = Object.fromEntries(Object.entries(analysis.models).filter(([name]) => isJudged(name)))
  const relative = fieldRelative({ ...analysis, models: judged }, tokens, settingsOf(records).weights)
  return new Map(
    models.map(({ name, role }) => {
      const summary = summariseRun(byModel.get(name) ?? [], analysis.models[name], relative.scores[name] ?? null)
      // A baseline answers in no time and for nothing: that its utilities are at the end of the scale is no news.
      const flags = role === 'baseline' ? summary.flags : [...summary.flags, ...(clamped[name] ?? [])]
      return [name, isJudged(name) ? { ...summary, flags } : withoutScores(summary)]
    }),
  )
}

/** What failed for the provider's reason would count 0 in every score, and be read as a judgement about the model. */
function withoutScores(summary: RunSummary): RunSummary {
  const scores = { accuracy: null, speed: null, cost: null, total: null }
  const none = { accuracy: null, accuracyCi95: null, completeness: null, consistency: null, fieldRelative: null }
  return { ...summary, ...none, scores, flags: [] }
}

/** Mean over the calls that say how many tokens they took; null when none does. */
function tokensPerCall(outcomes: readonly MeasuredOutcome[]): number | null {
  const known = outcomes.flatMap(({ usage }) =>
    usage.inputTokens === undefined || usage.outputTokens === undefined ? [] : [usage.inputTokens + usage.outputTokens],
  )
  return known.length === 0 ? null : known.reduce((sum, tokens) => sum + tokens, 0) / known.length
}
