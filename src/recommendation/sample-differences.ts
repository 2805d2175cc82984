import type { EvaluationRecords } from '../analysis/evaluation-records.ts'
import type { ItemScores } from '../analysis/item-scores.ts'
import { mean } from '../analysis/statistics/mean.ts'
import { quantile } from '../analysis/statistics/quantile.ts'
import { commonItems } from './compare-field.ts'
import { fieldOf } from './field.ts'
import { imputationFor } from './imputation.ts'
import { scoredPairs } from './scored-pairs.ts'

/** One sample of a comparison. Differences are points, positive in favour of the challenger. */
export interface SampleDifference {
  sample: string
  /** Accuracy, speed and cost are means over the repeats, and the total is made of them. */
  difference: ItemScores
  /** What this sample alone adds to the mean difference of the total, in points. */
  pull: number
}

/** How the differences of the total are spread over the samples. */
export interface DifferenceSpread {
  samples: number
  /** Points; null without a sample. */
  mean: number | null
  better: number
  worse: number
  same: number
  /** Points; null without a sample. */
  quartiles: [number, number, number] | null
}

/**
 * The difference of two models on every sample that both were asked, as the comparison takes it: of the same weeks, and
 * with the same assumptions about what is unknown. The mean of the totals is the comparison's `delta`.
 */
export function sampleDifferences(records: EvaluationRecords, held: string, challenger: string): SampleDifference[] {
  const field = fieldOf({ ...records, incumbent: held })
  const items = commonItems(field, held, challenger)
  return scoredPairs(items, imputationFor(items), field.settings).map(
    ({ item, scores: { incumbent, challenger: own } }) => ({
      sample: item,
      difference: {
        accuracy: own.accuracy - incumbent.accuracy,
        speed: own.speed - incumbent.speed,
        cost: own.cost - incumbent.cost,
        total: own.total - incumbent.total,
      },
      pull: (own.total - incumbent.total) / items.length,
    }),
  )
}

/** Those that moved the mean most, in either direction; of equal ones the first by name. */
export function movedMost(differences: readonly SampleDifference[], count: number): SampleDifference[] {
  return differences
    .toSorted((one, other) => Math.abs(other.pull) - Math.abs(one.pull) || (one.sample < other.sample ? -1 : 1))
    .slice(0, count)
}

export function differenceSpread(differences: readonly SampleDifference[], tolerance = 1e-9): DifferenceSpread {
  const totals = differences.map(({ difference }) => difference.total).toSorted((a, b) => a - b)
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(totals, share))
  return {
    samples: totals.length,
    mean: mean(totals) ?? null,
    better: totals.filter((total) => total > tolerance).length,
    worse: totals.filter((total) => total < -tolerance).length,
    same: totals.filter((total) => Math.abs(total) <= tolerance).length,
    quartiles: lower === undefined || middle === undefined || upper === undefined ? null : [lower, middle, upper],
  }
}
