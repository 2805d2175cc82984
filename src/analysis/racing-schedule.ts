/** Shares of the samples after which the first repeat is checked. */
const shares = [0.3, 0.6, 1]

/** With fewer samples nothing is ever dropped. */
const leastSamples = 30

/**
 * After how many calls of a challenger it is looked at whether going on is futile (decisions.md section 3): at 30 %, 60 %
 * and 100 % of the samples, each at least 30, then after each full repeat, never after the last call, where nothing is left
 * to save. Calls are counted breadth first: every sample once in the seeded order, then every sample again.
 * @returns ascending; empty with fewer than 30 samples
 */
export function racingChecks(samples: number, repeats: number): number[] {
  if (samples < leastSamples) return []
  const first = shares.map((share) => atLeast(samples, share))
  const later = Array.from({ length: Math.max(0, repeats - 1) }, (_, repeat) => (repeat + 1) * samples)
  return [...new Set([...first, ...later])].filter((calls) => calls < samples * repeats)
}

/** How many samples a locked challenger is still asked once, so that its trend goes on. */
export function firstRacingBlock(samples: number): number {
  return Math.min(samples, atLeast(samples, shares[0] ?? 1))
}

function atLeast(samples: number, share: number): number {
  // 0.3 · n may come out a little above a whole number.
  return Math.max(leastSamples, Math.ceil(share * samples - 1e-9))
}
