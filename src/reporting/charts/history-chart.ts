import { dayAndMonth } from '../../shared/format-date.ts'
import type { Chart, ChartTable, Layout } from './chart.ts'
import { draw } from './draw.ts'
import { historyMetrics } from './history-metrics.ts'
import { historyOption } from './history-option.ts'
import { type HistoryScale, historyScales } from './history-scale.ts'
import type { ModelPlace } from './model-look.ts'
import type { Token } from './tokens.ts'

/** A score over time. */
export interface History {
  /** 'accuracy' */
  measure: string
  /** Of its values; a score by default. */
  scale?: HistoryScale
  series: HistorySeries[]
  /** What changed: model, prompt, dataset or prices. */
  changes: HistoryChange[]
  /** Levels that the score is held against. */
  levels?: HistoryLevel[]
  timeZone: string
}

export interface HistorySeries {
  model: string
  place: ModelPlace
  isSimulated: boolean
  /** In order of time. A date that others have and this one has not is a gap: it was not tested. */
  points: HistoryPoint[]
}

export interface HistoryPoint {
  at: Date
  /** Null: not measured. */
  value: number | null
  /** 95 %. */
  interval: readonly [number, number] | null
}

export interface HistoryChange {
  at: Date
  /** One to three: 'switch', 'new prompt'. */
  words: string
  tone?: Extract<Token, 'ink-2' | 'warn' | 'bad'>
}

export interface HistoryLevel {
  value: number
  words: string
  tone: Extract<Token, 'ink-3' | 'bad'>
}

/** `small` is 224 × 150, without labels at the lines: its heading says what they would. */
export type HistoryLayout = Layout | 'small'

/** Has it changed? Lines with their 95 % bands, breaks where nothing was tested. Undefined where nothing was measured. */
export function historyChart(data: History, layout: HistoryLayout = 'wide'): Chart | undefined {
  return drawnHistory(data, historyFinding(data), layout)
}

/** The same with a finding of its own. */
export function drawnHistory(all: History, finding: string, layout: HistoryLayout): Chart | undefined {
  if (!all.series.some(({ points }) => points.some(({ value }) => value !== null))) return undefined
  const data = { ...all, changes: oneADate(all.changes) }
  const metrics = historyMetrics(data, layout)
  const { width, height } = metrics
  const size = { width, height }
  return { svg: draw(historyOption(data, metrics), size, finding), finding, table: tableOf(data), size }
}

/** Changes of the same date stand over one line, in order of time. */
function oneADate(changes: readonly HistoryChange[]): HistoryChange[] {
  const byDate = Map.groupBy(changes, ({ at }) => at.getTime())
  return [...byDate]
    .sort(([one], [other]) => one - other)
    .flatMap(([, [first, ...rest]]) => {
      if (first === undefined) return []
      return [{ ...first, words: [first, ...rest].map(({ words }) => words).join(', ') }]
    })
}

function historyFinding({ measure, scale, series, changes, timeZone }: History): string {
  const told = series.flatMap(({ model, points }) => {
    const known = points.filter((point) => point.value !== null)
    const [first, last] = [known[0], known.at(-1)]
    if (first === undefined || last === undefined) return []
    const day = (point: HistoryPoint) => dayAndMonth(point.at, timeZone)
    if (first === last || series.length > 3) return [`${model} ${pointText(last, scale)} on ${day(last)}`]
    return [`${model} ${pointText(last, scale)} on ${day(last)}, after ${pointText(first, scale)} on ${day(first)}`]
  })
  const marked = changes.map((change) => `${change.words} on ${dayAndMonth(change.at, timeZone)}`)
  return `History of ${measure}: ${told.join('; ')}.${marked.length === 0 ? '' : ` Marked: ${marked.join(', ')}.`}`
}

function tableOf({ series, changes, timeZone, scale }: History): ChartTable {
  const dates = datesOf(series, changes)
  const rows = dates.map((time) => [
    dayAndMonth(new Date(time), timeZone),
    ...series.map(({ points }) =>
      pointText(
        points.find(({ at }) => at.getTime() === time),
        scale,
      ),
    ),
    changes
      .filter(({ at }) => at.getTime() === time)
      .map((change) => change.words)
      .join(', '),
  ])
  const names = series.map(({ model, isSimulated }) => (isSimulated ? `${model} (simulated)` : model))
  return { titles: ['Date', ...names, 'Change'], rows, aligns: `l${'r'.repeat(series.length)}l` }
}

/** Every date that something stands at, in order. */
export function datesOf(series: readonly HistorySeries[], changes: readonly HistoryChange[] = []): number[] {
  const all = [...series.flatMap(({ points }) => points), ...changes].map(({ at }) => at.getTime())
  return [...new Set(all)].sort((one, other) => one - other)
}

function pointText(point: HistoryPoint | undefined, scale: HistoryScale = 'score'): string {
  if (point === undefined || point.value === null) return 'not tested'
  return historyScales[scale].figure(point.value, point.interval)
}
