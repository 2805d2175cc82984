import type { ParetoPlace } from '../recommendation/pareto-front.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'

/** How the models that were judged stand to each other; nothing where fewer than two can be placed, or nothing was learned. */
export function placesOf({ decision, evidence }: Recommendation): readonly ParetoPlace[] {
  const places = decision === 'invalid_run' ? [] : (evidence?.paretoFront ?? [])
  return places.filter(({ status }) => status !== 'unknown').length < 2 ? [] : places
}

/** The cell of one model: empty where it has no place. */
export function frontCell(model: string, places: readonly ParetoPlace[]): string {
  const place = places.find((each) => each.model === model)
  if (place?.status === 'beaten') return `no: ${place.by}`
  if (place === undefined) return ''
  return place.status === 'front' ? 'yes' : 'price unknown'
}
