import { mulberry32 } from '../../shared/mulberry32.ts'
import { quantile } from './quantile.ts'

/**
 * Percentile bootstrap interval (95 %, two-sided) of whatever is computed from a list: the list is resampled with
 * replacement, the same way for the same seed and length. Resamples for which the statistic is undefined are left out.
 * @returns undefined when no resample has a value
 */
export function bootstrapInterval<Item>(
  items: readonly Item[],
  statistic: (items: readonly Item[]) => number | undefined,
  { resamples, seed }: { resamples: number; seed: number },
): [number, number] | undefined {
  const random = mulberry32(seed)
  const values: number[] = []
  for (let resample = 0; resample < resamples; resample += 1) {
    const drawn = items.map(() => items[Math.floor(random() * items.length)] as Item)
    const value = statistic(drawn)
    if (value !== undefined) values.push(value)
  }
  values.sort((a, b) => a - b)
  const [low, high] = [quantile(values, 0.025), quantile(values, 0.975)]
  return low === undefined || high === undefined ? undefined : [low, high]
}
