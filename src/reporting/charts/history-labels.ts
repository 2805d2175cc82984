import type { History, HistorySeries } from './history-chart.ts'
import type { HistoryMetrics } from './history-metrics.ts'
import { type Mark, type Place, type Point, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { spreadLabels } from './spread-labels.ts'
import { textWidth } from './text-width.ts'
import { colour } from './tokens.ts'

interface Label {
  /** Of the last value. */
  at: Point
  name: string
  figure: string
  colour: string
  isModel: boolean
  /** It stands in the frame, right of the last value of a model that is not tested any more. */
  isInside: boolean
}

/** Names and figures right of the frame, each at the height of its last value, moved apart where they would touch. */
export function endLabels(data: History, metrics: HistoryMetrics, place: Place): Mark[] {
  if (!metrics.isLabelled) return []
  const labels = [...modelLabels(data, metrics, place), ...levelLabels(data, place)]
  const { inset, width, height, isTwoLined } = metrics
  const half = isTwoLined ? 15 : 8
  const limits = [inset.top + half - 8, height - inset.bottom - half + 8] as const
  const outside = labels.filter(({ isInside }) => !isInside)
  const middles = spreadLabels(
    outside.map(({ at }) => at[1]),
    isTwoLined ? 31 : 16,
    limits,
  )
  const left = width - inset.right + 10
  return [
    ...labels
      .filter(({ isInside }) => isInside)
      .flatMap((label) => labelMarks(label, [label.at[0] + 9, label.at[1]], false)),
    ...outside.flatMap((label, index) => labelMarks(label, [left, middles[index] ?? label.at[1]], isTwoLined)),
  ]
}

function labelMarks({ name, figure, colour, isModel }: Label, [x, y]: Point, isTwoLined: boolean): Mark[] {
  const weight = isModel ? 600 : 400
  if (!isTwoLined || figure === '') return [words(`${name} ${figure}`.trim(), [x, y], { weight, colour })]
  return [words(name, [x, y - 7], { weight, colour }), words(figure, [x, y + 7], { colour })]
}

function modelLabels(data: History, metrics: HistoryMetrics, place: Place): Label[] {
  const labels: Label[] = []
  data.series.forEach((series, index) => {
    const last = series.points.findLast(({ value }) => value !== null)
    const label = metrics.labels[index]
    if (last === undefined || last.value === null || label === undefined) return
    const at = place(last.at.getTime(), last.value)
    const mayBeInside = label.ended !== '' && !metrics.isTwoLined
    const isInside = mayBeInside && hasRoomInside(label, at, { series, data, metrics, place, labels })
    const figure = isInside ? label.figure : label.figure + label.ended
    const { textColour } = modelLook(series.place, series.isSimulated)
    labels.push({ at, name: label.name, figure, colour: textColour, isModel: true, isInside })
  })
  return labels
}

interface Surroundings {
  series: HistorySeries
  data: History
  metrics: HistoryMetrics
  place: Place
  /** Those that are placed already. */
  labels: readonly Label[]
}

/** Whether the words would stand on no line, no change and no other words. */
function hasRoomInside(label: { name: string; figure: string }, [x, y]: Point, around: Surroundings): boolean {
  const { series, data, metrics, place, labels } = around
  const right = x + 15 + textWidth(`${label.name} ${label.figure}`, 12, 600)
  if (right > metrics.width - metrics.inset.right) return false
  const isNear = ([otherX, otherY]: Point) => otherX > x - 40 && otherX < right + 40 && Math.abs(otherY - y) < 16
  const others = data.series
    .filter((other) => other !== series)
    .flatMap(({ points }) => points.flatMap(({ at, value }) => (value === null ? [] : [place(at.getTime(), value)])))
  const inner = labels.filter(({ isInside }) => isInside).map(({ at }) => at)
  const isCrossed = metrics.changeWords.some((change) => change.x > x + 4 && change.x < right)
  return !isCrossed && ![...others, ...inner].some(isNear)
}

function levelLabels({ levels = [], series }: History, place: Place): Label[] {
  const anyTime = series[0]?.points[0]?.at.getTime() ?? 0
  return levels.map(({ value, words: name, tone }) => {
    return { at: place(anyTime, value), name, figure: '', colour: colour(tone), isModel: false, isInside: false }
  })
}
