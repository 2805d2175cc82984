import { weightsInWords } from '../../recommendation/weights-in-words.ts'
import type { RankedModel, TierPage } from './tier.ts'

/** In any unit: only their shares count. */
export interface Weights {
  accuracy: number
  speed: number
  cost: number
}

export interface WeighedAnew {
  /** What the weights mean. */
  words: string
  /** The better total first; null: unknown, or nothing counts. */
  models: (RankedModel & { anew: number | null })[]
}

/** What other weights would make of the same answers: the total is linear in the three, so measured means can be weighed again. */
export function weighAnew({ ranking, weights }: Pick<TierPage, 'ranking' | 'weights'>, chosen: Weights): WeighedAnew {
  const { spanSpeed, spanCost } = weights
  const shares = sharesOf(chosen)
  return {
    words:
      shares === undefined
        ? 'Nothing counts: no order follows.'
        : weightsInWords({ weights: shares, spanSpeed, spanCost, formula: null }),
    models: ranking
      .map((model) => ({ ...model, anew: shares === undefined ? null : totalAt(model, shares) }))
      .toSorted((one, other) => (other.anew ?? -1) - (one.anew ?? -1)),
  }
}

/** They sum to 1; undefined where nothing counts. */
function sharesOf({ accuracy, speed, cost }: Weights): Weights | undefined {
  const sum = accuracy + speed + cost
  return sum === 0 ? undefined : { accuracy: accuracy / sum, speed: speed / sum, cost: cost / sum }
}

function totalAt(model: RankedModel, shares: Weights): number | null {
  let total = 0
  for (const measure of ['accuracy', 'speed', 'cost'] as const) {
    if (shares[measure] === 0) continue
    const value = model[measure]
    if (value === null) return null
    total += value * shares[measure]
  }
  return total
}
