/** A model by its scores, 0 to 100 each; a cost of null is unknown. */
export interface ScoredModel {
  model: string
  accuracy: number
  speed: number
  cost: number | null
}

/**
 * `front`: no other model is at least as good in accuracy, speed and cost and better in one of them. `beaten`: `by` is.
 * `unknown`: its cost is not known.
 */
export type ParetoPlace = { model: string } & (
  | { status: 'front' }
  | { status: 'beaten'; by: string }
  | { status: 'unknown' }
)

/**
 * Who is worth having by point estimate, whatever accuracy, speed and cost weigh (as long as more is better). Of several that
 * beat a model the first given is named.
 * @returns in the order in which they came
 */
export function paretoFront(models: readonly ScoredModel[], tolerance = 1e-9): ParetoPlace[] {
  const placed = models.filter(({ cost }) => cost !== null)
  return models.map((own) => {
    const { model } = own
    if (!placed.includes(own)) return { model, status: 'unknown' }
    const better = placed.find((other) => beats(other, own, tolerance) && !isBeaten(other, placed, tolerance))
    return better === undefined ? { model, status: 'front' } : { model, status: 'beaten', by: better.model }
  })
}

function isBeaten(model: ScoredModel, models: readonly ScoredModel[], tolerance: number): boolean {
  return models.some((other) => beats(other, model, tolerance))
}

function beats(one: ScoredModel, other: ScoredModel, tolerance: number): boolean {
  const leads = [one.accuracy - other.accuracy, one.speed - other.speed, (one.cost ?? 0) - (other.cost ?? 0)]
  return leads.every((lead) => lead >= -tolerance) && leads.some((lead) => lead > tolerance)
}
