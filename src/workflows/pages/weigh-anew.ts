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
  const isNothing = chosen.accuracy + chosen.speed + chosen.cost === 0
  return {
    words: isNothing
      ? 'Nothing counts: no order follows.'
      : weightsInWords({ weights: chosen, spanSpeed, spanCost, formula: null }),
    models: ranking
      .map((model) => ({ ...model, anew: totalAt(model, chosen) }))
      .toSorted((one, other) => (other.anew ?? -1) - (one.anew ?? -1)),
  }
}

function totalAt(model: RankedModel, chosen: Weights): number | null {
  const sum = chosen.accuracy + chosen.speed + chosen.cost
  let total = 0
  for (const measure of ['accuracy', 'speed', 'cost'] as const) {
    if (chosen[measure] === 0) continue
    const value = model[measure]
    if (value === null) return null
    total += (value * chosen[measure]) / sum
  }
  return sum === 0 ? null : total
}
