import type { PastVerdict } from '../../database/history-queries.ts'
import type { DriftMark } from '../../reporting/charts/drift-chart.ts'
import type { EvaluationReport } from '../../reporting/cycle-report.ts'
import { verdictInputOf } from '../verdict-input.ts'

/** The holder of a seat against its own first runs. Times are ISO 8601; unknown is null. */
export interface DriftPicture {
  model: string
  isSimulated: boolean
  points: { at: string; accuracy: number | null; accuracyCi95: [number, number] | null; status: DriftMark }[]
  /** Mean accuracy of its first four runs; null before it has them, and where they are too long ago to be shown. */
  baseline: number | null
  /** Accuracy below which its owner does not want it. */
  floor: number | null
}

interface Watched {
  model: string | null
  isSimulated: boolean
  floor: number | null
  /** Of the evaluations of the trend. */
  verdicts: readonly PastVerdict[]
}

const runsOfBaseline = 4
const weeksOfTrend = 26

/** Null for a vacant seat, and for a model without a run in it. */
export function driftPicture(
  { trend }: Pick<EvaluationReport, 'trend'>,
  { model, isSimulated, floor, verdicts }: Watched,
): DriftPicture | null {
  const seats = trend.filter(({ role }) => role === 'incumbent')
  const before = seats.findLastIndex((point) => point.model !== model || point.changed !== null)
  const isHeldBy = seats[before]?.model === model
  const own = seats.slice(isHeldBy ? before : before + 1)
  if (model === null || own.length === 0) return null
  const statusOf = new Map(verdicts.map((verdict) => [verdict.evaluationId, verdictInputOf(verdict).drift?.status]))
  const first = own.slice(0, runsOfBaseline).flatMap(({ accuracy }) => accuracy ?? [])
  const isWhole = before >= 0 || seats.length < weeksOfTrend
  return {
    model,
    isSimulated,
    points: own.map(({ evaluation, at, accuracy, accuracyCi95 }) => {
      return { at, accuracy, accuracyCi95, status: statusOf.get(evaluation) ?? 'unwatched' }
    }),
    baseline:
      isWhole && first.length === runsOfBaseline ? first.reduce((sum, value) => sum + value, 0) / runsOfBaseline : null,
    floor,
  }
}
