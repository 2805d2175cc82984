import { perThousand, score, scoreWithInterval, timeUnit } from '../../shared/format-number.ts'
import type { Chart, ChartTable, Layout } from './chart.ts'
import { comparisonMetrics } from './comparison-metrics.ts'
import { comparisonOption } from './comparison-option.ts'
import { draw } from './draw.ts'
import type { ModelPlace } from './model-look.ts'

/** Models by the same four measures. */
export interface ModelComparison {
  /** The incumbent first; its line goes through every panel. */
  models: ComparedModel[]
}

export interface ComparedModel {
  model: string
  /** Below the name: 'in the seat', '100 × 3', 'dropped at 60 × 1'. */
  note: string
  place: ModelPlace
  isSimulated: boolean
  accuracy: Estimate
  /** Median. */
  timeMs: Estimate
  /** Dollars at list price. */
  costPerThousand: Estimate
  total: Estimate
}

/** Null is unknown. */
export interface Estimate {
  value: number | null
  interval: readonly [number, number] | null
}

/** How do the models compare? One column a measure, shared rows. Undefined without models. */
export function comparisonChart(data: ModelComparison, layout: Layout = 'wide'): Chart | undefined {
  if (data.models.length === 0) return undefined
  const finding = comparisonFinding(data)
  const metrics = comparisonMetrics(data, layout)
  const { width, height } = metrics
  const size = { width, height }
  return { svg: draw(comparisonOption(data, metrics), size, finding), finding, table: tableOf(data), size }
}

/** Who is best in what. */
function comparisonFinding({ models }: ModelComparison): string {
  const best = (estimate: (model: ComparedModel) => Estimate, better: (one: number, other: number) => boolean) =>
    models.reduce<ComparedModel | undefined>((found, model) => {
      const value = estimate(model).value
      const least = found === undefined ? null : estimate(found).value
      return value !== null && (least === null || better(value, least)) ? model : found
    }, undefined)
  const higher = (one: number, other: number) => one > other
  const lower = (one: number, other: number) => one < other
  const accurate = best(({ accuracy }) => accuracy, higher)
  const fast = best(({ timeMs }) => timeMs, lower)
  const cheap = best(({ costPerThousand }) => costPerThousand, lower)
  const total = best((model) => model.total, higher)
  const parts = [
    accurate && `${accurate.model} has the highest accuracy (${accuracyText(accurate)})`,
    fast && `${fast.model} the shortest median time (${timeText(fast, models)})`,
    cheap && `${cheap.model} the lowest cost (${perThousand(cheap.costPerThousand.value)} per 1,000)`,
    total && `${total.model} the highest total (${score(total.total.value)})`,
  ]
  const told = parts.filter((part) => part !== undefined)
  return told.length === 0 ? 'Nothing was measured.' : `${told.join(', ')}.`
}

function tableOf({ models }: ModelComparison): ChartTable {
  return {
    titles: ['Model', '', 'Accuracy, points', 'Median time', 'Cost per 1,000', 'Total, points'],
    rows: models.map((model) => [
      model.isSimulated ? `${model.model} (simulated)` : model.model,
      model.note,
      accuracyText(model),
      timeText(model, models),
      perThousand(model.costPerThousand.value),
      score(model.total.value),
    ]),
    aligns: 'llrrrr',
  }
}

function accuracyText({ accuracy: { value, interval } }: ComparedModel): string {
  return value === null ? score(value) : scoreWithInterval(value, interval)
}

function timeText({ timeMs: { value } }: ComparedModel, models: readonly ComparedModel[]): string {
  if (value === null) return 'unknown'
  const { unit, figure } = timeUnit(models.flatMap(({ timeMs }) => timeMs.value ?? []))
  return `${figure(value)}\u202f${unit}`
}
