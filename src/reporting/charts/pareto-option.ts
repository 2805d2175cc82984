import type { EChartsOption } from 'echarts'
import { perThousand, scoreWithInterval } from '../../shared/format-number.ts'
import { grid, horizontalAxis, verticalAxis } from './axes.ts'
import { type AxisTicks, logTicks, roundTicks } from './axis-ticks.ts'
import type { Size } from './chart.ts'
import { dot, type Mark, markSeries, type Place, type Point, stroke, telling, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { type Placed, undominated } from './pareto-chart.ts'
import { paretoLabels } from './pareto-labels.ts'
import { colour } from './tokens.ts'

const inset = { left: 40, right: 14, top: 30, bottom: 48 }

/** Options of accuracy against cost: the cost in powers of ten, models that cost nothing in a column of their own. */
export function paretoOption(models: readonly Placed[], size: Size): EChartsOption {
  const costs = costAxis(models)
  const scores = roundTicks(
    models.flatMap(({ accuracy }) => [accuracy.value, ...(accuracy.interval ?? [])]),
    { limits: [0, 100], leastSpan: 8 },
  )
  return {
    grid: grid(inset),
    xAxis: horizontalAxis({ ticks: costs, label: costs.label, hasGrid: false }),
    yAxis: verticalAxis({ ticks: scores, label: String }),
    series: [
      markSeries((place) => {
        const spots = models.map((model) => spotOf(model, costs, place))
        const front = frontLine(models, costs, place)
        const frame = { left: inset.left, right: size.width - 2, top: 16, bottom: size.height - inset.bottom }
        return [
          ...frameWords(size, place(costs.min, scores.min)),
          stroke(front, { stroke: colour('line-2'), widthPx: 1.5, dash: [5, 4] }),
          ...paretoLabels(spots, front, frame),
          ...spots.flatMap(crossMarks),
          ...spots.map(({ at, model }) => dot(at, modelLook(model.place, model.isSimulated), isLead(model) ? 12 : 10)),
          ...spots.map(({ at, model }) => telling(spotWords(model), at)),
        ]
      }),
    ],
  } as EChartsOption
}

function spotWords({ model, accuracy, costPerThousand }: Placed): string {
  return `${model}: accuracy ${scoreWithInterval(accuracy.value, accuracy.interval)}, ${perThousand(costPerThousand.value)} per 1,000`
}

function isLead({ place }: Placed): boolean {
  return place === 'incumbent' || place === 'leader'
}

interface CostAxis extends AxisTicks {
  label: (tick: number) => string
  /** Where an amount of dollars stands. */
  at: (usd: number) => number
}

function costAxis(models: readonly Placed[]): CostAxis {
  const all = models.flatMap(({ costPerThousand }) => [costPerThousand.value, ...(costPerThousand.interval ?? [])])
  const paid = all.filter((usd) => usd > 0)
  const axis = paid.length === 0 ? { min: 0, max: 1, ticks: [] } : logTicks(paid, 0.22)
  const dollars = (tick: number) =>
    perThousand(10 ** tick)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
  if (paid.length === all.length) return { ...axis, label: dollars, at: Math.log10 }
  const free = axis.min - (axis.max - axis.min) * 0.1
  return {
    min: axis.min - (axis.max - axis.min) * 0.2,
    max: axis.max,
    ticks: [free, ...axis.ticks],
    label: (tick) => (Math.abs(tick - free) < 1e-9 ? '$0' : dollars(tick)),
    at: (usd) => (usd > 0 ? Math.log10(usd) : free),
  }
}

/** A model in the frame, with its intervals in pixels. */
export interface Spot {
  model: Placed
  at: Point
  /** From the lower to the upper bound; a point where it is unknown. */
  upright: readonly [Point, Point]
  level: readonly [Point, Point]
}

function spotOf(model: Placed, costs: CostAxis, place: Place): Spot {
  const { accuracy, costPerThousand } = model
  const x = costs.at(costPerThousand.value)
  const [low, high] = accuracy.interval ?? [accuracy.value, accuracy.value]
  const [least, most] = costPerThousand.interval ?? [costPerThousand.value, costPerThousand.value]
  return {
    model,
    at: place(x, accuracy.value),
    upright: [place(x, low), place(x, high)],
    level: [place(costs.at(least), accuracy.value), place(costs.at(most), accuracy.value)],
  }
}

function crossMarks({ model, upright, level }: Spot): Mark[] {
  const line = { stroke: modelLook(model.place, model.isSimulated).colour, widthPx: 2 }
  return [upright, level]
    .filter(([from, to]) => from[0] !== to[0] || from[1] !== to[1])
    .map((ends) => stroke(ends, line))
}

/** Steps to the right until a dearer model is more accurate. */
function frontLine(models: readonly Placed[], costs: CostAxis, place: Place): Point[] {
  const front = undominated(models)
  return front.flatMap(({ accuracy, costPerThousand }, index) => {
    const next = front[index + 1]
    const end = next === undefined ? costs.max : costs.at(next.costPerThousand.value)
    return [place(costs.at(costPerThousand.value), accuracy.value), place(end, accuracy.value)]
  })
}

function frameWords({ width, height }: Size, [left, bottom]: Point): Mark[] {
  return [
    words('accuracy', [0, 8]),
    words('cost per 1,000 requests, log scale', [width - inset.right, height - 8], { align: 'right' }),
    stroke(
      [
        [left, bottom],
        [width - inset.right, bottom],
      ],
      { stroke: colour('line-2') },
    ),
  ]
}
