import type { Analysis, ModelAnalysis } from './analysis.ts'
import type { DecisionSettings } from './evaluation-records.ts'

/** The source's score of each model among the models that happened to be compared: shown beside, never deciding. */
export interface FieldRelative {
  /** What the cost term rests on: the same for all models. `none`: unknown for some, and left out for all. */
  basis: 'cost' | 'tokens' | 'none'
  /** 0 to 100; null for a model without an answer or without a known latency. */
  scores: Record<string, number | null>
}

/**
 * The min-max score of document 002: accuracy, 100 for the fastest and 0 for the slowest mean latency, 100 for the
 * cheapest and 0 for the dearest, weighted. Where all are equal each gets 100. A model without an answer has no score and
 * does not stretch the scale of the others. Adding or removing a model changes all scores, which is why none decides.
 * @param tokensPerCall used where a cost is unknown; a model may be absent
 */
export function fieldRelative(
  analysis: Analysis,
  tokensPerCall: Readonly<Record<string, number | null>>,
  weights: DecisionSettings['weights'],
): FieldRelative {
  const ranked = Object.entries(analysis.models).flatMap(([model, metrics]) => {
    const entrant = { model, accuracy: metrics.accuracy, latencyMs: metrics.latency.mean }
    return entrant.latencyMs === null || metrics.failed === metrics.records
      ? []
      : { ...entrant, latencyMs: entrant.latencyMs, costUsd: knownCost(metrics), tokens: tokensPerCall[model] ?? null }
  })
  const speeds = ranks(ranked.map(({ latencyMs }) => latencyMs))
  const { basis, values } = costBasis(ranked)
  const costs = ranks(values)
  const weight = weights.accuracy + weights.speed + (basis === 'none' ? 0 : weights.cost)
  const scores = ranked.map(({ model, accuracy }, index) => {
    const sum = weights.accuracy * accuracy + weights.speed * (speeds[index] ?? 0) + weights.cost * (costs[index] ?? 0)
    return [model, sum / weight] as const
  })
  const nobody = Object.keys(analysis.models).map((model) => [model, null] as const)
  return { basis, scores: Object.fromEntries<number | null>([...nobody, ...scores]) }
}

function knownCost({ flags, cost }: ModelAnalysis): number | null {
  return flags.includes('cost_missing') ? null : cost.perCall
}

function costBasis(models: readonly { costUsd: number | null; tokens: number | null }[]) {
  const costs = models.flatMap(({ costUsd }) => costUsd ?? [])
  if (costs.length === models.length) return { basis: 'cost', values: costs } as const
  const tokens = models.flatMap((model) => model.tokens ?? [])
  if (tokens.length === models.length) return { basis: 'tokens', values: tokens } as const
  return { basis: 'none', values: [] } as const
}

/** 100 for the smallest value, 0 for the largest; 100 for all when they are equal. */
function ranks(values: readonly number[]): number[] {
  const least = Math.min(...values)
  const range = Math.max(...values) - least
  return values.map((value) => (range > 0 ? 100 - ((value - least) / range) * 100 : 100))
}
