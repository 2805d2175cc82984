import { dayAndMonth } from '../../shared/format-date.ts'
import type { Inset } from './axes.ts'
import { type AxisTicks, roundTicks } from './axis-ticks.ts'
import { changeRowPx, type PlacedWords, placeChangeWords } from './change-words.ts'
import { datesOf, type History, type HistoryLayout, type HistorySeries } from './history-chart.ts'
import { historyScales } from './history-scale.ts'
import { shortNames } from './short-names.ts'
import { textWidth } from './text-width.ts'

/** Where things stand in a history, in pixels. */
export interface HistoryMetrics {
  width: number
  height: number
  inset: Inset
  /** Milliseconds; a single date stands in the middle. */
  time: { min: number; max: number; ticks: number[] }
  scores: AxisTicks
  /** Up to three have a band; of more, only the incumbent, and the labels say the intervals. */
  banded: readonly HistorySeries[]
  /** One for each series that is not only a heading's: a name and a figure, in one line or two. */
  labels: { name: string; figure: string; ended: string }[]
  isLabelled: boolean
  isTwoLined: boolean
  /** Words above the frame, one for each change. */
  changeWords: PlacedWords[]
}

export function historyMetrics(data: History, layout: HistoryLayout): HistoryMetrics {
  const isWide = layout === 'wide'
  const isLabelled = layout !== 'small' && data.series.length + (data.levels?.length ?? 0) > 0
  const banded = data.series.filter(({ place }) => data.series.length <= 3 || place === 'incumbent')
  const labels = labelsOf(data, isWide ? 185 : 92)
  const right = labelColumn(data, labels, { isLabelled, isWide })
  const width = { wide: 768, phone: 340, small: 224 }[layout]
  const scores = scoreAxis(data, banded)
  const left = leftOf(data, scores)
  const dates = datesOf(data.series, data.changes)
  const time = timeAxis(dates, width - left - right)
  const toX = (at: Date) => left + ((at.getTime() - time.min) / (time.max - time.min)) * (width - left - right)
  const changeWords = placeChangeWords(
    data.changes.map(({ at, words }) => ({ x: toX(at), words })),
    width,
  )
  const top = 12 + changeRowPx * Math.max(0, ...changeWords.map(({ row }) => row + 1))
  const inset = { left, right, top, bottom: 30 }
  const least = { wide: 300, phone: 220, small: 150 }[layout]
  const labelPx = isLabelled ? data.series.length * (isWide ? 17 : 32) : 0
  return {
    width,
    height: Math.max(least, top + inset.bottom + labelPx),
    inset,
    time,
    scores,
    banded,
    labels,
    isLabelled,
    isTwoLined: !isWide,
    changeWords,
  }
}

/** Scores have two or three digits. */
function leftOf({ scale = 'score' }: History, { ticks }: AxisTicks): number {
  const { tick } = historyScales[scale]
  return Math.max(34, 10 + Math.ceil(Math.max(...ticks.map((value) => textWidth(tick(value), 12)))))
}

function labelsOf({ series, timeZone, scale = 'score' }: History, namePx: number): HistoryMetrics['labels'] {
  const names = shortNames(
    series.map(({ model }) => model),
    { widthPx: namePx, sizePx: 12, weight: 600 },
  )
  const end = datesOf(series).at(-1)
  return series.map(({ model, points }, index) => {
    const last = points.findLast(({ value }) => value !== null)
    const figure =
      last === undefined || last.value === null ? '' : historyScales[scale].figure(last.value, last.interval)
    const isEnded = last !== undefined && last.at.getTime() !== end
    return { name: names[index] ?? model, figure, ended: isEnded ? `, ${dayAndMonth(last.at, timeZone)}` : '' }
  })
}

function labelColumn(
  { levels = [] }: History,
  labels: HistoryMetrics['labels'],
  { isLabelled, isWide }: { isLabelled: boolean; isWide: boolean },
): number {
  if (!isLabelled) return 24
  const widths = labels.map(({ name, figure, ended }) =>
    isWide
      ? textWidth(`${name} ${figure}${ended}`, 12, 600)
      : Math.max(textWidth(name, 12, 600), textWidth(figure + ended, 12)),
  )
  const others = levels.map((level) => textWidth(level.words, 12))
  return Math.ceil(Math.max(...widths, ...others)) + 14
}

export const dayMs = 86_400_000

function timeAxis(dates: readonly number[], widthPx: number): HistoryMetrics['time'] {
  const [first = 0, last = 0] = [dates[0], dates.at(-1)]
  if (first === last) return { min: first - 3.5 * dayMs, max: last + 3.5 * dayMs, ticks: [first] }
  const most = Math.max(2, Math.min(6, Math.floor(widthPx / 78)))
  return { min: first, max: last, ticks: chosenTicks(dates, most, ((last - first) * 46) / widthPx) }
}

/** Dates of the data, about evenly apart, the first and the last among them. */
function chosenTicks(dates: readonly number[], most: number, leastGap: number): number[] {
  const last = dates.at(-1) ?? 0
  const ticks: number[] = []
  for (let step = 0; step < most; step++) {
    const date = dates[Math.round((step * (dates.length - 1)) / (most - 1))] ?? last
    if (ticks.length === 0 || date - (ticks.at(-1) ?? 0) >= leastGap) ticks.push(date)
  }
  if (ticks.at(-1) === last) return ticks
  return [...ticks.filter((date, index) => index === 0 || last - date >= leastGap), last]
}

function scoreAxis({ series, levels = [], scale = 'score' }: History, banded: readonly HistorySeries[]): AxisTicks {
  const values = [
    ...series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? [])),
    ...banded.flatMap(({ points }) => points.flatMap(({ interval }) => interval ?? [])),
  ]
  const { limits, leastSpan, startsAtZero } = historyScales[scale]
  if (startsAtZero) values.push(0)
  return roundTicks([...values, ...levels.map(({ value }) => value)], { limits, leastSpan })
}
