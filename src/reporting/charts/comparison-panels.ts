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

/**
 * Accuracy and total span the same number of points, so that eyes may compare their intervals. Baselines, which are far
 * worse, cost nothing and take no time, do not stretch a range: they end in an arrow.
 */
export function comparisonPanels({ models }: ModelComparison): Panel[] {
  const isChoice = models.map(({ place }) => place !== 'baseline')
  const rangeOf = (estimates: readonly Estimate[]) => {
    const choices = valuesOf(estimates.filter((_, index) => isChoice[index]))
    return choices.length === 0 ? valuesOf(estimates) : choices
  }
  const accuracy = models.map((model) => model.accuracy)
  const total = models.map((model) => model.total)
  const span = Math.max(8, spanOf(rangeOf(accuracy)), spanOf(rangeOf(total)))
  const times = models.map(({ timeMs }) => timeMs)
  const { unit, figure } = timeUnit(times.flatMap(({ value }) => value ?? []))
  const inUnit = times.map((time) => mapped(time, (ms) => (unit === 's' ? ms / 1000 : ms)))
  const costs = models.map(({ costPerThousand }) => costPerThousand)
  return [
    { title: 'Accuracy, points', estimates: accuracy, ...scoreAxis(rangeOf(accuracy), span), figure: score },
    {
      title: `Median time, ${unit}`,
      estimates: inUnit,
      ...amountAxis(rangeOf(inUnit)),
      figure: (time) => figure(unit === 's' ? time * 1000 : time),
    },
    {
      title: 'Cost per 1,000, $',
      estimates: costs,
      ...amountAxis(rangeOf(costs)),
      figure: (usd) => perThousand(usd).replace('$', ''),
    },
    { title: 'Total, points', estimates: total, ...scoreAxis(rangeOf(total), span), figure: score },
  ]
}

type Axis = Pick<Panel, 'ticks' | 'isLog' | 'tickLabel'>

function scoreAxis(values: readonly number[], leastSpan: number): Axis {
  const ticks = values.length === 0 ? noTicks : roundTicks(values, { limits: [0, 100], leastSpan })
  return { ticks, isLog: false, tickLabel: String }
}

/** From 0, unless the values differ by more than a decade; where nothing costs anything, 0 is all there is. */
function amountAxis(values: readonly number[]): Axis {
  const isLog = needsLogAxis(values)
  if (values.every((value) => value === 0))
    return { ticks: { ...noTicks, ticks: values.slice(0, 1) }, isLog, tickLabel: String }
  const ticks = isLog ? logTicks(values) : roundTicks([0, ...values])
  const tickLabel = (value: number) => String(Number((isLog ? 10 ** value : value).toPrecision(3)))
  return { ticks, isLog, tickLabel }
}

const noTicks: AxisTicks = { min: 0, max: 1, ticks: [] }

function valuesOf(estimates: readonly Estimate[]): number[] {
  return estimates.flatMap(({ value, interval }) => [...(value === null ? [] : [value]), ...(interval ?? [])])
}

function spanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
}

function mapped({ value, interval }: Estimate, change: (value: number) => number): Estimate {
  return {
    value: value === null ? null : change(value),
    interval: interval === null ? null : [change(interval[0]), change(interval[1])],
  }
}
