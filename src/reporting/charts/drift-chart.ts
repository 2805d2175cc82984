import { dayAndMonth } from '../../shared/format-date.ts'
import { score, scoreWithInterval } from '../../shared/format-number.ts'
import type { Chart } from './chart.ts'
import {
  drawnHistory,
  type History,
  type HistoryChange,
  type HistoryLayout,
  type HistoryPoint,
} from './history-chart.ts'

/** The weekly runs of a model in its seat. */
export interface DriftHistory {
  model: string
  isSimulated: boolean
  points: (HistoryPoint & { status: DriftMark })[]
  /** Mean accuracy of its first four runs; null before it has them. */
  baseline: number | null
  /** Accuracy below which its owner does not want it; null: none is set. */
  floor: number | null
  timeZone: string
}

/** As the weekly watch of the incumbent says it. */
export type DriftMark = 'unwatched' | 'steady' | 'suspect' | 'cleared' | 'rollback' | 'incident'

/** Has the incumbent become worse? Its accuracy against its own first runs and its floor. Undefined without a run. */
export function driftChart(data: DriftHistory, layout: HistoryLayout = 'wide'): Chart | undefined {
  const { model, isSimulated, points, baseline, floor, timeZone } = data
  const history: History = {
    measure: 'accuracy',
    series: [{ model, place: 'incumbent', isSimulated, points }],
    changes: points.flatMap(alarm),
    levels: [
      ...(baseline === null
        ? []
        : [{ value: baseline, words: `first runs ${score(baseline)}`, tone: 'ink-3' as const }]),
      ...(floor === null ? [] : [{ value: floor, words: `floor ${score(floor)}`, tone: 'bad' as const }]),
    ],
    timeZone,
  }
  const chart = drawnHistory(history, driftFinding(data), layout)
  return chart === undefined ? undefined : withLevels(chart, data)
}

const marked: Partial<Record<DriftMark, Pick<HistoryChange, 'words' | 'tone'>>> = {
  suspect: { words: 'looks worse', tone: 'warn' },
  cleared: { words: 're-test: fine', tone: 'ink-2' },
  rollback: { words: 'worse, confirmed', tone: 'bad' },
  incident: { words: 'provider fault', tone: 'warn' },
}

function alarm({ at, status }: { at: Date; status: DriftMark }): HistoryChange[] {
  const change = marked[status]
  return change === undefined ? [] : [{ at, ...change }]
}

function driftFinding({ model, points, baseline, floor, timeZone }: DriftHistory): string {
  const last = points.findLast(({ value }) => value !== null)
  if (last === undefined || last.value === null) return `${model} was not measured.`
  const levels = [
    ...(baseline === null ? [] : [`its first runs had ${score(baseline)}`]),
    ...(floor === null ? [] : [`its floor is ${score(floor)}`]),
  ]
  const against = levels.length === 0 ? '' : `; ${levels.join(', ')}`
  const when = dayAndMonth(last.at, timeZone)
  return `${model} ${endings[last.status]}: accuracy ${scoreWithInterval(last.value, last.interval)} on ${when}${against}.`
}

const endings: Record<DriftMark, string> = {
  unwatched: 'has nothing to be held against yet',
  steady: 'has held its accuracy',
  suspect: 'looks worse, which one run does not prove',
  cleared: 'looked worse, and a fresh re-test did not confirm it',
  rollback: 'has become worse, and a fresh re-test confirms it',
  incident: 'was not judged, because its provider failed',
}

/** The levels belong to the same numbers. */
function withLevels(chart: Chart, { baseline, floor }: DriftHistory): Chart {
  const { titles, rows, aligns } = chart.table
  const level = (value: number | null) => (value === null ? '' : score(value))
  return {
    ...chart,
    table: {
      titles: [...titles, 'First runs', 'Floor'],
      rows: rows.map((row) => [...row, level(baseline), level(floor)]),
      aligns: `${aligns}rr`,
    },
  }
}
