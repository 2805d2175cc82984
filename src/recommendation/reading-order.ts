import type { Comparison, Recommendation } from './recommendation.ts'

/** The comparisons as a person wants to read them: the model that the verdict names, then the others by their gain. */
export function inReadingOrder({ comparisons, target }: Pick<Recommendation, 'comparisons' | 'target'>): Comparison[] {
  const gain = ({ delta = Number.NEGATIVE_INFINITY }: Comparison) => delta
  return comparisons.toSorted(
    (one, other) => Number(other.model === target) - Number(one.model === target) || (gain(one) < gain(other) ? 1 : -1),
  )
}
