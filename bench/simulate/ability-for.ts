/** Standard deviations, in logits, of how hard items are and of how differently models find them. */
export const itemSpread = 2
export const interactionSpread = 1

const spread = Math.hypot(itemSpread, interactionSpread)

/** The ability, in logits, of a model that is right in `accuracy` percent of the calls over all possible items. */
export function abilityFor(accuracy: number): number {
  let [low, high] = [-20, 20]
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2
    if (meanChance(middle) * 100 < accuracy) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export function chanceAt(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** Chance of a right answer, averaged over the normal distribution of items; the trapezium rule is exact enough here. */
function meanChance(ability: number): number {
  const step = 0.05
  let sum = 0
  for (let z = -8; z <= 8; z += step) sum += Math.exp((-z * z) / 2) * chanceAt(ability + spread * z)
  return (sum * step) / Math.sqrt(2 * Math.PI)
}
