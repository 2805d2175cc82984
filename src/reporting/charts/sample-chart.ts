import type { EChartsOption } from 'echarts'
import { counted } from '../../shared/counted.ts'
import { count, score, signed } from '../../shared/format-number.ts'
import { grid, silentAxis, verticalAxis } from './axes.ts'
import type { Chart, ChartTable, Layout, Size } from './chart.ts'
import { draw } from './draw.ts'
import { area, type Mark, markSeries, type Place, stroke, tellingBox, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { colour } from './tokens.ts'

/** Where a challenger and the incumbent differ. */
export interface SampleDifferences {
  challenger: string
  incumbent: string
  isSimulated: boolean
  /** Challenger minus incumbent in accuracy points, in any order; the same difference once, with the number of samples. */
  differences: readonly { difference: number; samples: number }[]
}

const sizes = { wide: { width: 560, height: 270 }, phone: { width: 340, height: 240 } }
const inset = { left: 42, right: 4, top: 32, bottom: 12 }

/** Where does it differ? Each sample's difference, sorted; the equal ones are the gap. Undefined without samples. */
export function sampleChart(data: SampleDifferences, layout: Layout = 'wide'): Chart | undefined {
  const sorted = data.differences.toSorted((one, other) => other.difference - one.difference)
  const total = samplesIn(sorted)
  if (total === 0) return undefined
  const size = sizes[layout]
  const counts = {
    better: samplesIn(sorted.filter(({ difference }) => difference > 0)),
    equal: samplesIn(sorted.filter(({ difference }) => difference === 0)),
    worse: samplesIn(sorted.filter(({ difference }) => difference < 0)),
  }
  const finding = `Of ${counted(total, 'sample')}, ${data.challenger} is better on ${count(counts.better)}, ${data.incumbent} on ${count(counts.worse)}, and ${count(counts.equal)} are equal.`
  const option = optionOf({ data, sorted, total, counts, size, isNarrow: layout === 'phone' })
  return { svg: draw(option, size, finding), finding, table: tableOf(data, sorted), size }
}

function samplesIn(differences: SampleDifferences['differences']): number {
  return differences.reduce((sum, { samples }) => sum + samples, 0)
}

interface Drawn {
  data: SampleDifferences
  sorted: SampleDifferences['differences']
  total: number
  counts: { better: number; equal: number; worse: number }
  size: Size
  isNarrow: boolean
}

const ranges = [10, 20, 40, 60] as const

function optionOf(drawn: Drawn): EChartsOption {
  const most = Math.max(...drawn.sorted.map(({ difference }) => Math.abs(difference)))
  const range = ranges.find((each) => most <= each) ?? 100
  const ticks = { min: -range, max: range, ticks: [-range, -range / 2, 0, range / 2, range] }
  return {
    grid: grid(inset),
    xAxis: silentAxis(0, drawn.total),
    yAxis: verticalAxis({ ticks, label: (value) => signed(value, 0) }),
    series: [
      markSeries((place) => [...barMarks(drawn, place), ...sampleWords(drawn, place), ...tellingMarks(drawn, place)]),
    ],
  } as EChartsOption
}

/** From here on bars would be thinner than a pixel with its gap: their outline shows the same. */
const mostBars = 250

function barMarks({ data, sorted, total }: Drawn, place: Place): Mark[] {
  const challenger = modelLook('leader', data.isSimulated).colour
  const bars: Bar[] = []
  let from = 0
  for (const { difference, samples } of sorted) {
    const to = from + samples
    if (difference !== 0) bars.push({ from, to, difference })
    from = to
  }
  const isBetter = ({ difference }: Bar) => difference > 0
  const sides = [
    { fill: challenger, own: bars.filter(isBetter) },
    { fill: colour('ink'), own: bars.filter((bar) => !isBetter(bar)) },
  ]
  return sides.flatMap(({ fill, own }) =>
    (total > mostBars ? outline(own) : own.flatMap(single)).map((corners) =>
      area(
        corners.map(([x, y]) => place(x, y)),
        fill,
      ),
    ),
  )
}

/** Samples that differ alike stand side by side. */
interface Bar {
  from: number
  to: number
  difference: number
}

type Corners = [number, number][]

const marginBetween = 0.12

function single({ from, to, difference }: Bar): Corners[] {
  return Array.from({ length: to - from }, (_, index) => {
    const [left, right] = [from + index + marginBetween, from + index + 1 - marginBetween]
    return [
      [left, 0],
      [left, difference],
      [right, difference],
      [right, 0],
    ]
  })
}

function outline(bars: readonly Bar[]): Corners[] {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first === undefined || last === undefined) return []
  const steps = bars.flatMap(
    ({ from, to, difference }): Corners => [
      [from, difference],
      [to, difference],
    ],
  )
  return [[[first.from, 0], ...steps, [last.to, 0]]]
}

function sampleWords({ data, total, counts, size, isNarrow }: Drawn, place: Place): Mark[] {
  const [left, middle] = place(0, 0)
  const [right] = place(total, 0)
  const gap = (place(counts.better, 0)[0] + place(counts.better + counts.equal, 0)[0]) / 2
  const gapPx = place(counts.equal, 0)[0] - left
  const unit = isNarrow ? '' : ' samples'
  const line = [
    [left, middle],
    [right, middle],
  ] as const
  return [
    stroke(line, { stroke: colour('ink'), widthPx: 1.5 }),
    words(`challenger better: ${count(counts.better)}${unit}`, [inset.left, 10], {
      weight: 600,
      colour: modelLook('leader', data.isSimulated).colour,
    }),
    words(`incumbent better: ${count(counts.worse)}`, [size.width - inset.right, 10], {
      weight: 600,
      colour: colour('ink'),
      align: 'right',
    }),
    ...(counts.equal > 0 && gapPx > 80
      ? [words(`equal: ${count(counts.equal)}`, [gap, middle - 12], { align: 'center' })]
      : []),
  ]
}

/** Samples that differ alike tell it together; those that are equal have no bar, and tell it along the line. */
function tellingMarks({ data, sorted }: Drawn, place: Place): Mark[] {
  let from = 0
  return sorted.map(({ difference, samples }) => {
    const [left, middle] = place(from, 0)
    from += samples
    const [right, end] = place(from, difference)
    const corners =
      difference === 0
        ? ([
            [left, middle - 8],
            [right, middle + 8],
          ] as const)
        : ([
            [left, middle],
            [right, end],
          ] as const)
    return tellingBox(differenceWords(data, difference, samples), corners)
  })
}

/** `3 samples: sim-feather 20.0 points better` */
function differenceWords({ challenger, incumbent }: SampleDifferences, difference: number, samples: number): string {
  const better = difference > 0 ? challenger : incumbent
  const words = difference === 0 ? 'no difference' : `${better} ${score(Math.abs(difference))} points better`
  return `${counted(samples, 'sample')}: ${words}`
}

function tableOf({ challenger, incumbent }: SampleDifferences, sorted: SampleDifferences['differences']): ChartTable {
  return {
    titles: [`Accuracy of ${challenger} minus ${incumbent}, points`, 'Samples that differ so'],
    rows: sorted.map(({ difference, samples }) => [signed(difference), count(samples)]),
    aligns: 'rr',
  }
}
