import { perThousand, score, timeUnit } from '../../shared/format-number.ts'
import { type AxisTicks, logTicks, needsLogAxis, roundTicks } from './axis-ticks.ts'
import type { Estimate, ModelComparison } from './comparison-chart.ts'

/** One measure of all models: a column of the chart. */
export interface Panel {
  title: string
  estimates: Estimate[]
  /** Empty ticks: nothing is known. */
  ticks: AxisTicks
  isLog: boolean
  /** Of the axis and of the values beside it. */
  tickLabel: (value: number) => string
  figure: (value: number) => string
}

/** Accuracy and total span the same number of points, so that eyes may compare their intervals. */
export function comparisonPanels({ models }: ModelComparison): Panel[] {
  const accuracy = models.map((model) => model.accuracy)
  const total = models.map((model) => model.total)
  const span = Math.max(8, spanOf(accuracy), spanOf(total))
  const times = models.map(({ timeMs }) => timeMs)
  const { unit, figure } = timeUnit(times.flatMap(({ value }) => value ?? []))
  const inUnit = times.map((time) => mapped(time, (ms) => (unit === 's' ? ms / 1000 : ms)))
  const costs = models.map(({ costPerThousand }) => costPerThousand)
  return [
    scorePanel('Accuracy, points', accuracy, span),
    { ...amountPanel(`Median time, ${unit}`, inUnit), figure: (time) => figure(unit === 's' ? time * 1000 : time) },
    { ...amountPanel('Cost per 1,000, $', costs), figure: (usd) => perThousand(usd).replace('$', '') },
    scorePanel('Total, points', total, span),
  ]
}

function scorePanel(title: string, estimates: Estimate[], leastSpan: number): Panel {
  const values = valuesOf(estimates)
  const ticks = values.length === 0 ? noTicks : roundTicks(values, { limits: [0, 100], leastSpan })
  return { title, estimates, ticks, isLog: false, tickLabel: String, figure: score }
}

/** From 0, unless the values differ by more than a decade. */
function amountPanel(title: string, estimates: Estimate[]): Omit<Panel, 'figure'> {
  const values = valuesOf(estimates)
  const isLog = needsLogAxis(values)
  const ticks = values.length === 0 ? noTicks : isLog ? logTicks(values) : roundTicks([0, ...values])
  const tickLabel = (value: number) => String(Number((isLog ? 10 ** value : value).toPrecision(3)))
  return { title, estimates, ticks, isLog, tickLabel }
}

const noTicks: AxisTicks = { min: 0, max: 1, ticks: [] }

function valuesOf(estimates: readonly Estimate[]): number[] {
  return estimates.flatMap(({ value, interval }) => [...(value === null ? [] : [value]), ...(interval ?? [])])
}

function spanOf(estimates: readonly Estimate[]): number {
  const values = valuesOf(estimates)
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
}

function mapped({ value, interval }: Estimate, change: (value: number) => number): Estimate {
  return {
    value: value === null ? null : change(value),
    interval: interval === null ? null : [change(interval[0]), change(interval[1])],
  }
}
