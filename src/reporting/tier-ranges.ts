/** Three neighbours are named one by one. */
const fewestOfRange = 4

/**
 * Numbers of tiers as people list them: `1`, `4 to 9`, `12`.
 * @param tiers in ascending order
 */
export function tierRanges(tiers: readonly number[]): string[] {
  const ranges: number[][] = []
  for (const tier of tiers) {
    const range = ranges.at(-1)
    if (range?.at(-1) === tier - 1) range.push(tier)
    else ranges.push([tier])
  }
  return ranges.flatMap((range) =>
    range.length < fewestOfRange ? range.map(String) : [`${range[0]} to ${range.at(-1)}`],
  )
}
