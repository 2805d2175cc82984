import { mean } from '../../analysis/statistics/mean.ts'

/** Of those that are known; undefined for none. */
export function meanOf(values: readonly (number | undefined)[]): number | undefined {
  return mean(values.filter((value) => value !== undefined))
}
