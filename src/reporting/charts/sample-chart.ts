import type { EChartsOption } from 'echarts'
import { counted } from '../../shared/counted.ts'
import { count, signed } from '../../shared/format-number.ts'
import { grid, silentAxis, verticalAxis } from './axes.ts'
import type { Chart, ChartTable, Layout, Size } from './chart.ts'
import { draw } from './draw.ts'
import { area, type Mark, markSeries, type Place, stroke, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { colour } from './tokens.ts'

/** Where a challenger and the incumbent differ. */
export interface SampleDifferences {
  challenger: string
  incumbent: string
  isSimulated: boolean
  /** Challenger minus incumbent in accuracy points, one a sample, in any order. */
  samples: { key: string; difference: number }[]
}

const sizes = { wide: { width: 560, height: 270 }, phone: { width: 340, height: 240 } }
const inset = { left: 42, right: 4, top: 32, bottom: 12 }

/** Where does it differ? Each sample's difference, sorted; the equal ones are the gap. Undefined without samples. */
export function sampleChart(data: SampleDifferences, layout: Layout = 'wide'): Chart | undefined {
  if (data.samples.length === 0) return undefined
  const size = sizes[layout]
  const sorted = data.samples.toSorted((one, other) => other.difference - one.difference)
  const counts = {
    better: sorted.filter(({ difference }) => difference > 0).length,
    equal: sorted.filter(({ difference }) => difference === 0).length,
    worse: sorted.filter(({ difference }) => difference < 0).length,
  }
  const finding = `Of ${counted(sorted.length, 'sample')}, ${data.challenger} is better on ${count(counts.better)}, ${data.incumbent} on ${count(counts.worse)}, and ${count(counts.equal)} are equal.`
  const option = optionOf({ data, sorted, counts, size, isNarrow: layout === 'phone' })
  return { svg: draw(option, size, finding), finding, table: tableOf(sorted), size }
}

interface Drawn {
  data: SampleDifferences
  sorted: SampleDifferences['samples']
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
    xAxis: silentAxis(0, drawn.sorted.length),
    yAxis: verticalAxis({ ticks, label: (value) => signed(value, 0) }),
    series: [markSeries((place) => [...barMarks(drawn, place), ...sampleWords(drawn, place)])],
  } as EChartsOption
}

/** From here on bars would be thinner than a pixel with its gap: their outline shows the same. */
const mostBars = 250

function barMarks({ data, sorted, counts }: Drawn, place: Place): Mark[] {
  const challenger = modelLook('leader', data.isSimulated).colour
  const corners = (index: number, margin: number) => {
    const value = sorted[index]?.difference ?? 0
    return [place(index + margin, value), place(index + 1 - margin, value)]
  }
  const indices = [...sorted.keys()]
  const better = indices.slice(0, counts.better)
  const worse = indices.slice(sorted.length - counts.worse)
  const sides = [
    [better, challenger],
    [worse, colour('ink')],
  ] as const
  const bars = (side: readonly number[]) => (sorted.length > mostBars ? [side] : side.map((index) => [index]))
  const margin = sorted.length > mostBars ? 0 : 0.12
  return sides.flatMap(([side, fill]) =>
    bars(side).flatMap((bar) => {
      const [first, last] = [bar[0], bar.at(-1)]
      if (first === undefined || last === undefined) return []
      const outline = bar.flatMap((index) => corners(index, margin))
      return [area([place(first + margin, 0), ...outline, place(last + 1 - margin, 0)], fill)]
    }),
  )
}

function sampleWords({ data, sorted, counts, size, isNarrow }: Drawn, place: Place): Mark[] {
  const [left, middle] = place(0, 0)
  const [right] = place(sorted.length, 0)
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

function tableOf(sorted: SampleDifferences['samples']): ChartTable {
  const different = sorted.filter(({ difference }) => difference !== 0)
  return {
    titles: ['Sample', 'Difference, points'],
    rows: different.map(({ key, difference }) => [key, signed(difference)]),
    aligns: 'lr',
  }
}
