import type { EChartsOption } from 'echarts'
import { grid, horizontalAxis, silentAxis } from './axes.ts'
import type { ComparedModel, Estimate, ModelComparison } from './comparison-chart.ts'
import type { ComparisonMetrics } from './comparison-metrics.ts'
import { comparisonPanels, type Panel } from './comparison-panels.ts'
import { intervalMarks } from './interval-marks.ts'
import { type Mark, markSeries, type Place, type Point, stroke, telling, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { textWidth } from './text-width.ts'
import { colour } from './tokens.ts'

/** Options of the small multiples: a grid for each measure, the incumbent's line through all. */
export function comparisonOption(data: ModelComparison, metrics: ComparisonMetrics): EChartsOption {
  const panels = comparisonPanels(data).map((panel, index) => withRoom(panel, metrics.panels[index]?.width ?? 0))
  const rows = data.models.length
  return {
    grid: panels.map((_, index) => grid(insetOf(metrics, index, rows))),
    xAxis: panels.map(({ ticks, tickLabel: label }, panel) => ({
      ...horizontalAxis({ ticks, label, panel, hasGrid: !metrics.isNarrow }),
      ...(ticks.ticks.length === 0 ? { show: false } : {}),
    })),
    yAxis: panels.map((_, panel) => ({ ...silentAxis(0, rows, panel), inverse: true })),
    series: panels.map((panel, index) =>
      markSeries((place) => panelMarks({ panel, index, place, metrics, models: data.models }), index),
    ),
  } as EChartsOption
}

/** Without the labels that would touch the one before. */
function withRoom(panel: Panel, widthPx: number): Panel {
  const { min, max, ticks } = panel.ticks
  const toX = (tick: number) => ((tick - min) / (max - min)) * widthPx
  const half = (tick: number) => textWidth(panel.tickLabel(tick), 12) / 2
  const kept: number[] = []
  for (const tick of ticks) {
    const before = kept.at(-1)
    if (before === undefined || toX(tick) - half(tick) > toX(before) + half(before) + 6) kept.push(tick)
  }
  return { ...panel, ticks: { min, max, ticks: kept } }
}

function insetOf({ panels, width, height, rowPitch }: ComparisonMetrics, index: number, rows: number) {
  const { left = 0, top = 0, width: inner = 0 } = panels[index] ?? {}
  return { left, right: width - left - inner, top, bottom: height - top - rowPitch * rows }
}

interface PanelPlace {
  panel: Panel
  index: number
  place: Place
  metrics: ComparisonMetrics
  models: readonly ComparedModel[]
}

function panelMarks(at: PanelPlace): Mark[] {
  const { panel, index, metrics, models } = at
  const { left = 0, top = 0 } = metrics.panels[index] ?? {}
  const title = words(panel.title, [metrics.isNarrow ? 0 : left, top - 18], {
    sizePx: metrics.isNarrow ? 13 : 12,
    weight: 600,
    colour: colour('ink'),
  })
  return [title, ...seatLine(at), ...models.flatMap((model, row) => rowMarks(at, model, row))]
}

function seatLine({ panel, place, metrics, models }: PanelPlace): Mark[] {
  const seat = models.findIndex((model) => model.place === 'incumbent')
  const value = panel.estimates[seat]?.value ?? null
  if (value === null) return []
  const x = place(axisValue(panel, value), 0)[0]
  const line = { stroke: colour('ink'), widthPx: metrics.isNarrow ? 1 : 2 }
  const rows = metrics.isNarrow
    ? models.map((_, row) => [row + 0.52, row + 0.96] as const)
    : [[0, models.length] as const]
  return rows.map(([from, to]) => stroke([at(x, from), at(x, to)], line))

  function at(left: number, row: number) {
    return [left, place(0, row)[1]] as const
  }
}

function rowMarks({ panel, index, place, metrics }: PanelPlace, model: ComparedModel, row: number): Mark[] {
  const estimate = panel.estimates[row] ?? { value: null, interval: null }
  const look = modelLook(model.place, model.isSimulated)
  const { left = 0, width = 0, valueRight = 0 } = metrics.panels[index] ?? {}
  const middle = place(0, row + 0.5)[1]
  const above = middle - metrics.rowPitch * 0.24
  const y = metrics.isNarrow ? middle + metrics.rowPitch * 0.24 : middle
  const value = words(
    estimate.value === null ? 'unknown' : panel.figure(estimate.value),
    [valueRight, metrics.isNarrow ? above : middle],
    {
      sizePx: estimate.value === null ? 12 : 13,
      weight: look.isLead && estimate.value !== null ? 600 : 400,
      colour: estimate.value === null ? colour('ink-3') : look.textColour,
      align: 'right',
    },
  )
  const named = metrics.isNarrow || index === 0
  return [
    ...estimateMarks({ panel, place, estimate, y, look, left, right: left + width }),
    ...tellingMarks(panel, estimate, model, (x) => [Math.min(left + width, Math.max(left, place(x, 0)[0])), y]),
    ...(named ? nameMarks(metrics, model, row, metrics.isNarrow ? above : middle) : []),
    value,
  ]
}

interface EstimatePlace {
  panel: Panel
  place: Place
  estimate: Estimate
  y: number
  look: ReturnType<typeof modelLook>
  left: number
  right: number
}

/** Hollow where others have an interval; a measure that is exact has none anywhere. */
function estimateMarks({ panel, place, estimate: { value, interval }, ...at }: EstimatePlace): Mark[] {
  if (value === null) return []
  const toX = (each: number) => place(axisValue(panel, each), 0)[0]
  const x = toX(value)
  const isExact = panel.estimates.every((each) => each.interval === null)
  const pixels =
    interval === null ? (isExact ? ([x, x] as const) : null) : ([toX(interval[0]), toX(interval[1])] as const)
  return intervalMarks({ ...at, x, interval: pixels })
}

function tellingMarks(
  panel: Panel,
  { value, interval }: Estimate,
  { model }: ComparedModel,
  at: (x: number) => Point,
): Mark[] {
  if (value === null) return []
  const range = interval === null ? '' : ` (${panel.figure(interval[0])} to ${panel.figure(interval[1])})`
  return [telling(`${model}, ${panel.title}: ${panel.figure(value)}${range}`, at(axisValue(panel, value)))]
}

function nameMarks(
  { names, isNarrow }: ComparisonMetrics,
  { model, note, place }: ComparedModel,
  row: number,
  y: number,
): Mark[] {
  const isLead = place === 'incumbent' || place === 'leader'
  const style = { sizePx: isNarrow ? 12 : 13, weight: isLead ? 600 : 400, colour: colour('ink') }
  const name = names[row] ?? model
  if (isNarrow) return [words(name, [0, y], style)]
  return [words(name, [0, y - 8], style), words(note, [0, y + 8], { sizePx: 11.5 })]
}

/** What a log axis cannot show lies before its start, and so ends in an arrow. */
function axisValue({ isLog, ticks }: Panel, value: number): number {
  return isLog ? Math.max(ticks.min - 1, Math.log10(value)) : value
}
