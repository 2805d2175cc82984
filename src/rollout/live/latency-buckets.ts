/**
 * Latencies in fixed logarithmic buckets, eight to a doubling, so that those of many minutes add up to a percentile that is
 * at most 4.5 % off. Bucket k holds what is above 2^((k−1)/8) ms and at most 2^(k/8) ms; bucket 0 what is at most 1 ms.
 */
export interface LatencyCounts {
  firstBucket: number
  /** From `firstBucket` on. */
  counts: readonly number[]
}

const perDoubling = 8

export function latencyBucket(latencyMs: number): number {
  return latencyMs <= 1 ? 0 : Math.ceil(perDoubling * Math.log2(latencyMs))
}

/** Adds up minutes, or models. */
export function addLatencies(all: readonly LatencyCounts[]): LatencyCounts {
  const byBucket = new Map<number, number>()
  for (const { firstBucket, counts } of all) {
    for (const [index, count] of counts.entries()) {
      byBucket.set(firstBucket + index, (byBucket.get(firstBucket + index) ?? 0) + count)
    }
  }
  if (byBucket.size === 0) return { firstBucket: 0, counts: [] }
  const firstBucket = Math.min(...byBucket.keys())
  const length = Math.max(...byBucket.keys()) - firstBucket + 1
  return { firstBucket, counts: Array.from({ length }, (_, index) => byBucket.get(firstBucket + index) ?? 0) }
}

/**
 * @param share such as 0.95
 * @returns the geometric middle of the bucket in which the percentile lies; undefined without any count
 */
export function latencyPercentile({ firstBucket, counts }: LatencyCounts, share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return undefined
  let below = 0
  const index = counts.findIndex((count) => {
    below += count
    return below >= share * total
  })
  return 2 ** ((firstBucket + index - 0.5) / perDoubling)
}
