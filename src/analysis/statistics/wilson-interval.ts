/** Two-sided 95 %. */
const defaultZ = 1.959963984540054

/**
 * Wilson's score interval of a proportion. Unlike the textbook interval it stays inside [0, 1] and keeps its width when
 * nothing, or everything, failed.
 * @param z quantile of the standard normal distribution; 1.645 gives one-sided 95 % bounds
 * @returns undefined for no trials
 */
export function wilsonInterval(successes: number, trials: number, z = defaultZ): [number, number] | undefined {
  if (trials === 0) return undefined
  const share = successes / trials
  const scale = 1 + (z * z) / trials
  const centre = (share + (z * z) / (2 * trials)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / scale
  return [successes === 0 ? 0 : Math.max(0, centre - half), successes === trials ? 1 : Math.min(1, centre + half)]
}
