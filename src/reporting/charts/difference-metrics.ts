import type { Inset } from './axes.ts'
import type { DifferenceLayout, Differences } from './difference-chart.ts'
import { intervalText, narrowValueText, valueText } from './difference-text.ts'
import { shortNames } from './short-names.ts'
import { textWidth } from './text-width.ts'
import { wrapped } from './wrapped.ts'

/** Where things stand in a difference chart, in pixels. */
export interface DifferenceMetrics {
  width: number
  height: number
  inset: Inset
  pitch: number
  nameSize: number
  noteSize: number
  axisSize: number
  /** Names and values stand above the line of their row, not beside it. */
  isNarrow: boolean
  /** There is no room for a second line in a row. */
  isTight: boolean
  leftEdge: number
  valueLeft: number
  names: string[]
  titleLines: string[]
}

const titleSize = 26
const titlePitch = 34

export function differenceMetrics(data: Differences, layout: DifferenceLayout): DifferenceMetrics {
  if (layout === 'phone') return phoneMetrics(data)
  return layout === 'slack' ? slackMetrics(data) : wideMetrics(data, layout === 'email' ? 536 : 586)
}

function phoneMetrics({ rows }: Differences): DifferenceMetrics {
  const valuePx = Math.max(...rows.map((row) => textWidth(narrowValueText(row), 11.5)))
  const names = shortNames(modelNames(rows), { widthPx: 340 - valuePx - 12, sizePx: 12, weight: 600 })
  const inset = { left: 18, right: 18, top: 20, bottom: 26 }
  const frame = { width: 340, height: 46 + 46 * rows.length, inset, pitch: 46 }
  const sizes = { nameSize: 12, noteSize: 11.5, axisSize: 12 }
  return { ...frame, ...sizes, isNarrow: true, isTight: false, leftEdge: 0, valueLeft: 0, names, titleLines: [] }
}

function wideMetrics({ rows }: Differences, width: number): DifferenceMetrics {
  const sizes = { nameSize: 13, noteSize: 11.5, axisSize: 12 }
  const { names, left } = nameColumn(rows, sizes, width * 0.39)
  const inset = { left, right: Math.max(110, valueColumn(rows, sizes) + 20), top: 34, bottom: 42 }
  const frame = { width, height: 76 + 44 * rows.length, inset, pitch: 44 }
  const valueLeft = width - inset.right + 16
  return { ...frame, ...sizes, isNarrow: false, isTight: false, leftEdge: 0, valueLeft, names, titleLines: [] }
}

/** As high as Slack shows it, whatever the number of rows. */
function slackMetrics({ rows, title = '' }: Differences): DifferenceMetrics {
  const [width, height, leftEdge] = [800, 450, 24]
  const sizes =
    rows.length <= 3 ? { nameSize: 20, noteSize: 18, axisSize: 18 } : { nameSize: 16, noteSize: 16, axisSize: 16 }
  const titleLines = wrapped(title, { widthPx: width - 2 * leftEdge, sizePx: titleSize, weight: 400 }, 2)
  const [top, bottom] = [48 + titlePitch * titleLines.length, 44]
  const pitch = Math.min(110, (height - top - bottom) / rows.length)
  const isTight = pitch < 48
  const { names, left } = nameColumn(rows, sizes, isTight ? 290 : 320)
  const spare = height - top - bottom - pitch * rows.length
  const inset = {
    left: left + leftEdge,
    right: isTight
      ? valueColumn(rows, sizes) + signedPx(sizes.nameSize) + leftEdge + 22
      : Math.max(150, valueColumn(rows, sizes) + leftEdge + 22),
    top: top + spare / 2,
    bottom: bottom + spare / 2,
  }
  const valueLeft = width - inset.right + 22
  return { width, height, inset, pitch, ...sizes, isNarrow: false, isTight, leftEdge, valueLeft, names, titleLines }
}

function nameColumn(rows: Differences['rows'], sizes: { nameSize: number; noteSize: number }, mostPx: number) {
  const names = shortNames(modelNames(rows), { widthPx: mostPx - 22, sizePx: sizes.nameSize, weight: 600 })
  const widths = [
    ...names.map((name) => textWidth(name, sizes.nameSize, 600)),
    ...rows.map(({ note }) => textWidth(note, sizes.noteSize)),
  ]
  return { names, left: Math.round(Math.min(mostPx, Math.max(150, Math.max(...widths) + 22))) }
}

/** Of the value and the interval below it. */
function valueColumn(
  rows: Differences['rows'],
  { nameSize, noteSize }: { nameSize: number; noteSize: number },
): number {
  const widths = rows.flatMap((row) => [
    textWidth(valueText(row), nameSize, 600),
    textWidth(intervalText(row), noteSize),
  ])
  return Math.ceil(Math.max(...widths))
}

/** Of any signed difference, with the space after it. */
export function signedPx(sizePx: number): number {
  return textWidth('−188.8', sizePx, 600)
}

function modelNames(rows: Differences['rows']): string[] {
  return rows.map(({ model }) => model)
}
