import { mathematics } from './mathematics.ts'

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, the default of R and numpy):
 * p95 of 1 … 100 is 95.05.
 * @param ascending values in ascending order
 * @param probability 0 to 1
 * @returns undefined for no values
 */
export function quantile(ascending: readonly number[], probability: number): number | undefined {
  if (ascending.length === 0) return undefined
  return mathematics.quantileSeq(ascending as number[], probability, true) as number
}
