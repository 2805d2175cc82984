import type { Call } from './calls.ts'
import type { DecisionSettings } from './evaluation-records.ts'
import { mean } from './statistics/mean.ts'
import { totalScore } from './total-score.ts'

/** What counts for a utility that an answered call does not tell. */
export interface Imputed {
  speed: number
  cost: number
}

export interface ItemScores {
  accuracy: number
  speed: number
  cost: number
  /** Weighted sum of the three, or what the tier's formula makes of them. */
  total: number
}

/** Scores of one model on one item: means over its calls, each 0 to 100. */
export function itemScores(
  calls: readonly Call[],
  settings: Pick<DecisionSettings, 'weights' | 'formula'>,
  imputed: Imputed,
): ItemScores {
  const accuracy = meanOf(calls, (call) => call.accuracy)
  const speed = meanOf(calls, (call) => call.speed ?? imputed.speed)
  const cost = meanOf(calls, (call) => call.cost ?? imputed.cost)
  return { accuracy, speed, cost, total: totalScore({ accuracy, speed, cost }, settings) }
}

/** Share of the calls that failed, 0 to 1. */
export function failureShare(calls: readonly Call[]): number {
  return meanOf(calls, ({ failed }) => (failed ? 1 : 0))
}

/** Mean of one term over values of which there is at least one, such as the calls of an item; NaN for none. */
export function meanOf<T>(values: readonly T[], term: (value: T) => number): number {
  return mean(values.map(term)) ?? Number.NaN
}
