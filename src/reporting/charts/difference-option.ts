import type { EChartsOption } from 'echarts'
import { signed } from '../../shared/format-number.ts'
import { grid, horizontalAxis, silentAxis } from './axes.ts'
import { type DifferenceRow, type Differences, differenceRange } from './difference-chart.ts'
import { type DifferenceMetrics, signedPx } from './difference-metrics.ts'
import { intervalText, narrowValueText, valueText } from './difference-text.ts'
import { intervalMarks } from './interval-marks.ts'
import { type Mark, markSeries, type Place, stroke, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { colour } from './tokens.ts'

/** Options of a difference chart: rows from top to bottom, the incumbent's line at 0. */
export function differenceOption(data: Differences, metrics: DifferenceMetrics): EChartsOption {
  const range = data.rangePoints ?? differenceRange(data.rows)
  const ticks = { min: -range, max: range, ticks: [-range, -range / 2, 0, range / 2, range] }
  const label = (value: number) => signed(value, 0)
  return {
    grid: grid(metrics.inset),
    xAxis: horizontalAxis({ ticks, label, hasGrid: !metrics.isNarrow, sizePx: metrics.axisSize }),
    yAxis: { ...silentAxis(0, data.rows.length), inverse: true },
    series: [
      markSeries((place) => [
        ...titleMarks(metrics),
        ...seatMarks(place, data.rows.length, metrics),
        ...data.rows.flatMap((row, index) => rowMarks({ row, index, place, range, metrics })),
      ]),
    ],
  }
}

function titleMarks({ titleLines }: DifferenceMetrics): Mark[] {
  return titleLines.map((line, index) => words(line, [24, 34 + 34 * index], { sizePx: 26, colour: colour('ink') }))
}

/** The line is the seat. In a narrow chart it leaves out the names. */
function seatMarks(place: Place, rows: number, { isNarrow, axisSize, inset, pitch }: DifferenceMetrics): Mark[] {
  const [x, bottom] = place(0, rows)
  const line = { stroke: colour('ink'), widthPx: 2 }
  const label = words('incumbent', [x, inset.top - axisSize], {
    sizePx: axisSize,
    weight: 600,
    colour: colour('ink'),
    align: 'center',
  })
  const segment = (from: number, to: number) =>
    stroke(
      [
        [x, from],
        [x, to],
      ],
      line,
    )
  if (!isNarrow) return [segment(inset.top - 2, bottom), label]
  const tops = Array.from({ length: rows }, (_, row) => inset.top + row * pitch)
  return [...tops.map((top) => segment(top + 22, top + pitch - 2)), label]
}

interface RowPlace {
  row: DifferenceRow
  index: number
  place: Place
  range: number
  metrics: DifferenceMetrics
}

function rowMarks(at: RowPlace): Mark[] {
  const { row, index, place, range, metrics } = at
  const look = modelLook(row.isLeader ? 'leader' : 'challenger', row.isSimulated)
  const [left, middle] = place(-range, index + 0.5)
  const [right] = place(range, index + 0.5)
  const toX = (value: number) => place(value, 0)[0]
  const y = metrics.isNarrow ? middle + 9 : middle
  const interval = row.interval === null ? null : ([toX(row.interval[0]), toX(row.interval[1])] as const)
  const marks = row.difference === null ? [] : intervalMarks({ x: toX(row.difference), interval, y, look, left, right })
  return [...marks, ...(metrics.isNarrow ? narrowWords(at, middle) : wideWords(at, middle))]
}

function wideWords({ row, index, metrics }: RowPlace, middle: number): Mark[] {
  const { nameSize, noteSize, isTight, leftEdge, valueLeft } = metrics
  const [above, below] = isTight ? [middle, middle] : [middle - noteSize * 0.62, middle + nameSize * 0.62]
  const value = valueText(row)
  const intervalLeft = isTight ? valueLeft + signedPx(nameSize) : valueLeft
  return [
    words(metrics.names[index] ?? row.model, [leftEdge, above], {
      sizePx: nameSize,
      weight: row.isLeader ? 600 : 400,
      colour: colour('ink'),
    }),
    words(value, [valueLeft, above], {
      sizePx: nameSize,
      weight: row.difference === null ? 400 : 600,
      colour: colour(row.difference === null ? 'ink-3' : 'ink'),
    }),
    ...(isTight ? [] : [words(row.note, [leftEdge, below], { sizePx: noteSize })]),
    words(intervalText(row), [intervalLeft, below], { sizePx: noteSize }),
  ]
}

function narrowWords({ row, index, metrics: { names, nameSize, noteSize, width } }: RowPlace, middle: number): Mark[] {
  const value = narrowValueText(row)
  return [
    words(names[index] ?? row.model, [0, middle - 13], {
      sizePx: nameSize,
      weight: row.isLeader ? 600 : 400,
      colour: colour('ink'),
    }),
    words(value, [width, middle - 13], { sizePx: noteSize, align: 'right', colour: colour('ink-2') }),
  ]
}
