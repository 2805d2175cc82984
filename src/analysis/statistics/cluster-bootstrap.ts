import { mulberry32 } from '../../shared/mulberry32.ts'

/** One quantity of one model: its sum over the items of each cluster. */
export type ClusterSums = Float64Array

/**
 * Means per item of every series in each of many resamples of the clusters. All series are resampled together, so that
 * differences between them stay paired. Resample b uses the draws b·G+1 … b·G+G of mulberry32(seed), and a draw u takes
 * the cluster floor(u·G).
 * @param sizes items in each of the G clusters, in the order of the sums
 * @returns one array per series, with one mean per resample
 */
export function bootstrapMeans(
  series: readonly ClusterSums[],
  sizes: Float64Array,
  options: { resamples: number; seed: number },
): Float64Array[] {
  const drawn = drawnClusters(sizes.length, options)
  const items = resampledSums(sizes, drawn)
  return series.map((sums) => resampledSums(sums, drawn).map((sum, resample) => sum / (items[resample] ?? 0)))
}

function drawnClusters(clusters: number, { resamples, seed }: { resamples: number; seed: number }): Uint32Array {
  const random = mulberry32(seed)
  return new Uint32Array(clusters * resamples).map(() => Math.floor(random() * clusters))
}

function resampledSums(values: Float64Array, drawn: Uint32Array): Float64Array {
  const sums = new Float64Array(drawn.length / values.length)
  let position = 0
  for (let resample = 0; resample < sums.length; resample += 1) {
    let sum = 0
    for (const end = position + values.length; position < end; position += 1) sum += values[drawn[position] ?? 0] ?? 0
    sums[resample] = sum
  }
  return sums
}

/**
 * Share of the resamples in which each candidate has the highest value; ties are split between those that tie.
 * @param candidates one array of values per candidate, −∞ where it does not take part
 * @param tolerance how far below the highest value still is a tie
 */
export function sharesOfBest(candidates: readonly Float64Array[], tolerance: number): number[] {
  const resamples = candidates[0]?.length ?? 0
  const wins = new Float64Array(candidates.length)
  for (let resample = 0; resample < resamples; resample += 1) {
    const values = candidates.map((candidate) => candidate[resample] ?? Number.NEGATIVE_INFINITY)
    const bound = Math.max(...values) - tolerance
    const winners = values.filter((value) => value >= bound).length
    for (const [index, value] of values.entries()) if (value >= bound) wins[index] = (wins[index] ?? 0) + 1 / winners
  }
  return Array.from(wins, (count) => count / resamples)
}
