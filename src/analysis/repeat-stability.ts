import type { ModelAnalysis } from './analysis.ts'
import type { ItemCalls } from './calls.ts'
import { mean } from './statistics/mean.ts'

type RepeatStability = Pick<ModelAnalysis, 'consistency' | 'withinItemSd' | 'unanimousRate'>

/**
 * How much the repeats of one item differ from each other: not how items differ, which says nothing about a model's
 * consistency. All null when no item was asked twice.
 * @param tolerance accuracy points within which repeats count as the same
 */
export function repeatStability(items: ItemCalls, tolerance: number): RepeatStability {
  const repeated = [...items.values()]
    .filter((calls) => calls.length >= 2)
    .map((calls) => spreadOf(calls.map(({ accuracy }) => accuracy)))
  const deviation = mean(repeated.map(({ variance }) => Math.sqrt(variance)))
  const sampleVariance = mean(repeated.map(({ variance, count }) => (variance * count) / (count - 1)))
  const unanimous = mean(repeated.map(({ range }) => (range <= tolerance ? 1 : 0)))
  return {
    consistency: deviation === undefined ? null : 100 * (1 - (2 * deviation) / 100),
    withinItemSd: sampleVariance === undefined ? null : Math.sqrt(sampleVariance),
    unanimousRate: unanimous ?? null,
  }
}

function spreadOf(accuracies: readonly number[]): { count: number; variance: number; range: number } {
  const centre = mean(accuracies) ?? 0
  return {
    count: accuracies.length,
    variance: mean(accuracies.map((accuracy) => (accuracy - centre) ** 2)) ?? 0,
    range: Math.max(...accuracies) - Math.min(...accuracies),
  }
}
