import type { EChartsOption } from 'echarts'
import { dayAndMonth, timeOfDay } from '../../shared/format-date.ts'
import { grid, horizontalAxis, verticalAxis } from './axes.ts'
import { changeRowPx } from './change-words.ts'
import type { History, HistoryPoint, HistorySeries } from './history-chart.ts'
import { endLabels } from './history-labels.ts'
import { dayMs, type HistoryMetrics } from './history-metrics.ts'
import { historyScales } from './history-scale.ts'
import { area, dot, type Mark, markSeries, type Place, type Point, stroke, telling, words } from './marks.ts'
import { type ModelLook, modelLook } from './model-look.ts'
import { colour } from './tokens.ts'

/** Options of a history: bands below lines below labels. */
export function historyOption(data: History, metrics: HistoryMetrics): EChartsOption {
  const { time, scores, inset } = metrics
  const isShort = time.max - time.min < 2 * dayMs && time.ticks.length > 1
  const date = (value: number) => (isShort ? timeOfDay : dayAndMonth)(new Date(value), data.timeZone)
  const behind = [...data.series].sort((one, other) => Number(lookOf(one).isLead) - Number(lookOf(other).isLead))
  return {
    grid: grid(inset),
    xAxis: horizontalAxis({ ticks: time, label: date, hasGrid: false }),
    yAxis: verticalAxis({ ticks: scores, label: historyScales[data.scale ?? 'score'].tick }),
    series: [
      markSeries((place) => [
        ...behind
          .filter((series) => metrics.banded.includes(series))
          .flatMap((series) => bandMarks(series, data, nudged(place, series, data))),
        ...levelMarks(data, metrics, place),
        ...changeMarks(data, metrics, place),
        ...behind.flatMap((series) => lineMarks(series, data, nudged(place, series, data))),
        ...endLabels(data, metrics, place),
        ...data.series.flatMap((series) => tellingMarks(series, data, nudged(place, series, data))),
      ]),
    ],
  } as EChartsOption
}

function lookOf({ place, isSimulated }: HistorySeries): ModelLook {
  return modelLook(place, isSimulated)
}

/** On a single date, models stand beside each other instead of on each other. */
function nudged(place: Place, series: HistorySeries, data: History): Place {
  if (testDates(data).length > 1) return place
  const shift = (data.series.indexOf(series) - (data.series.length - 1) / 2) * 16
  return (x, y) => [place(x, y)[0] + shift, place(x, y)[1]]
}

/** Stretches of dates that were tested one after the other; a date of another series in between is a gap. */
export function stretches(points: readonly HistoryPoint[], dates: readonly number[]): HistoryPoint[][] {
  const byDate = new Map(points.map((point) => [point.at.getTime(), point]))
  const found: HistoryPoint[][] = [[]]
  for (const date of dates) {
    const point = byDate.get(date)
    if (point !== undefined && point.value !== null) found.at(-1)?.push(point)
    else if (found.at(-1)?.length !== 0) found.push([])
  }
  return found.filter(({ length }) => length > 0)
}

/** Dates of tests, without those that only mark a change. */
function testDates({ series }: History): number[] {
  return [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at.getTime())))].sort((a, b) => a - b)
}

function bandMarks(series: HistorySeries, data: History, place: Place): Mark[] {
  const look = lookOf(series)
  return stretches(series.points, testDates(data)).flatMap((points) => {
    const known = points.flatMap(({ at, interval }) => (interval === null ? [] : [{ at: at.getTime(), interval }]))
    if (known.length === 0) return []
    const upper = known.map(({ at, interval }) => place(at, interval[1]))
    const lower = known.map(({ at, interval }) => place(at, interval[0])).reverse()
    if (known.length > 1) return [area([...upper, ...lower], look.colour, 0.12)]
    return [stroke([...upper, ...lower], { stroke: look.colour, widthPx: 3, isRound: true })]
  })
}

function lineMarks(series: HistorySeries, data: History, place: Place): Mark[] {
  const look = lookOf(series)
  const runs = stretches(series.points, testDates(data))
  const spots = runs.map((points) => points.map((point) => spot(point, place)))
  const size = runs.flat().length > 40 ? 0 : runs.flat().length > 20 ? 5 : 7
  const line = { stroke: look.colour, widthPx: look.isLead ? 2 : 1.5 }
  return [
    ...spots.filter(({ length }) => length > 1).map((points) => stroke(points, line)),
    ...runs.flatMap((points) => dots(points, { place, look, size })),
  ]
}

/** A single point stays visible in a crowd; a score without an interval is hollow. */
function dots(points: readonly HistoryPoint[], { place, look, size }: { place: Place; look: ModelLook; size: number }) {
  const diameter = points.length === 1 ? Math.max(size, 8) : size
  if (diameter === 0) return []
  return points.map((point) =>
    small(spot(point, place), { ...look, isHollow: look.isHollow || point.interval === null }, diameter),
  )
}

/** Without a ring, which would eat most of so small a mark. */
function small(at: Point, look: ModelLook, diameter: number): Mark {
  const mark = dot(at, look, diameter)
  return look.isHollow
    ? { ...mark, style: { ...mark.style, lineWidth: 1.5 } }
    : { ...mark, style: { ...mark.style, lineWidth: 0 } }
}

function tellingMarks({ model, points }: HistorySeries, { timeZone, scale }: History, place: Place): Mark[] {
  const { figure } = historyScales[scale ?? 'score']
  return points.flatMap((point) => {
    if (point.value === null) return []
    const text = `${model} on ${dayAndMonth(point.at, timeZone)}: ${figure(point.value, point.interval)}`
    return [telling(text, spot(point, place))]
  })
}

function spot({ at, value }: HistoryPoint, place: Place): Point {
  return place(at.getTime(), value ?? 0)
}

function levelMarks({ levels = [] }: History, { time }: HistoryMetrics, place: Place): Mark[] {
  return levels.map(({ value, tone }) => {
    const line = { stroke: colour(tone), widthPx: 1.5, dash: [6, 4] }
    return stroke([place(time.min, value), place(time.max, value)], line)
  })
}

/** A dotted line where something changed, its words above the frame. */
function changeMarks({ changes }: History, { scores, inset, changeWords }: HistoryMetrics, place: Place): Mark[] {
  return changes.flatMap((change, index) => {
    const bottom = place(change.at.getTime(), scores.min)[1]
    const { x, left, row } = changeWords[index] ?? { x: 0, left: 0, row: 0 }
    const y = inset.top - 12 - changeRowPx * row
    const tone = colour(change.tone ?? 'ink-2')
    const line = [
      [x, y + 9],
      [x, bottom],
    ] as const
    return [stroke(line, { stroke: tone, dash: [2, 3] }), words(change.words, [left, y], { colour: tone })]
  })
}
