import type { RunSummary } from '../evaluation/evaluation.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { ModelAnalysis } from './analysis.ts'

/**
 * What is stored and shown of one run.
 * @param outcomes of this run alone
 * @param analysis of its model; undefined when it has no outcome at all
 */
export function summariseRun(
  outcomes: readonly MeasuredOutcome[],
  analysis: ModelAnalysis | undefined,
  fieldRelative: number | null,
): RunSummary {
  const scored = outcomes.filter((outcome) => outcome.status === 'scored')
  const accurate = scored.length > 0 ? analysis : undefined
  return {
    asked: outcomes.length,
    scored: scored.length,
    failed: failuresByKind(outcomes),
    accuracy: analysis?.accuracy ?? null,
    accuracyCi95: analysis?.accuracyCi95 ?? null,
    // As in accuracy, a call that failed has completed nothing.
    completeness: outcomes.length === 0 ? null : sum(scored.map(({ completeness }) => completeness)) / outcomes.length,
    consistency: accurate?.consistency ?? null,
    latencyMs: {
      mean: analysis?.latency.mean ?? null,
      p50: analysis?.latency.p50 ?? null,
      p95: analysis?.latency.p95 ?? null,
      p99: analysis?.latency.p99 ?? null,
    },
    tokens: tokensOf(outcomes),
    costUsd: analysis?.flags.includes('cost_missing') ? null : (analysis?.cost.total ?? null),
    scores: analysis?.scores ?? { accuracy: null, speed: null, cost: null, total: null },
    fieldRelative,
    flags: analysis?.flags ?? [],
  }
}

function failuresByKind(outcomes: readonly MeasuredOutcome[]): Record<string, number> {
  const failed: Record<string, number> = {}
  for (const outcome of outcomes) {
    if (outcome.status === 'failed') failed[outcome.failure.kind] = (failed[outcome.failure.kind] ?? 0) + 1
  }
  return failed
}

/** Sums over all calls that say; null when none does, so that "unknown" is never shown as 0. */
function tokensOf(outcomes: readonly MeasuredOutcome[]): RunSummary['tokens'] {
  const input = knownSum(outcomes.map(({ usage }) => usage.inputTokens))
  const output = knownSum(outcomes.map(({ usage }) => usage.outputTokens))
  return { input, output, total: input === null || output === null ? null : input + output }
}

function knownSum(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? null : sum(known)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
