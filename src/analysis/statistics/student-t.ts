import cumulative from '@stdlib/stats-base-dists-t-cdf'
import inverse from '@stdlib/stats-base-dists-t-quantile'

/** P(T ≤ t) for Student's t. `degrees` is a real number above 0; t may be infinite. */
export function studentCdf(t: number, degrees: number): number {
  if (t === Number.POSITIVE_INFINITY) return 1
  if (t === Number.NEGATIVE_INFINITY) return 0
  return cumulative(t, degrees)
}

/** An infinite quantile would make NaN of a standard error of 0, and is not JSON. */
const largest = 1e150

/**
 * The t with P(T ≤ t) = probability. Below about 0.01 degrees of freedom, which is one cluster with nearly all items, the
 * answer leaves the range of numbers and is ±1e150.
 */
export function studentQuantile(probability: number, degrees: number): number {
  return Math.max(-largest, Math.min(largest, inverse(probability, degrees)))
}
