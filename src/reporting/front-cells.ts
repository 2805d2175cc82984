import { type ParetoPlace, paretoFront } from '../recommendation/pareto-front.ts'
import type { RunReport } from './cycle-report.ts'

/** How the models that may hold the seat, and were judged, stand to each other. */
export function placesOf(runs: readonly RunReport[]): ParetoPlace[] {
  const measured = runs.flatMap(({ model, role, status, scores: { accuracy, speed, cost } }) =>
    role === 'baseline' || status !== 'completed' || accuracy === null || speed === null
      ? []
      : { model, accuracy, speed, cost },
  )
  return paretoFront(measured)
}

/** The cell of one model: empty where it has no place. */
export function frontCell(model: string, places: readonly ParetoPlace[]): string {
  const place = places.find((each) => each.model === model)
  if (place?.status === 'beaten') return `no: ${place.by}`
  if (place === undefined) return ''
  return place.status === 'front' ? 'yes' : 'price unknown'
}
