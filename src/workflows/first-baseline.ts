import { quantile } from '../analysis/statistics/quantile.ts'
import type { MeasuredOutcome } from '../evaluation/measured-outcome.ts'
import type { References } from './decision-settings-of.ts'

/** What a run of the incumbent freezes: of the measures whose reference is provisional, its medians above 0. */
export type FirstBaseline = Partial<Pick<References, 'latencyMs' | 'costUsd'>>

/**
 * The references that the first baseline of an incumbent sets (decisions.md section 6.1). A median of 0, such as the cost of
 * a local model, gives none.
 * @param outcomes of the incumbent
 */
export function firstBaseline(outcomes: readonly MeasuredOutcome[], { provisional }: References): FirstBaseline {
  const answered = outcomes.filter(({ status }) => status === 'scored')
  return Object.fromEntries(
    provisional.flatMap((measure) => {
      const median = medianOf(answered.flatMap((outcome) => outcome[measure] ?? []))
      return median === undefined || median <= 0 ? [] : [[measure, median]]
    }),
  )
}

function medianOf(values: readonly number[]): number | undefined {
  return quantile(
    values.toSorted((one, other) => one - other),
    0.5,
  )
}
