import { perThousand, scoreWithInterval, timesBeside } from '../../shared/format-number.ts'
import type { Chart, ChartTable, Layout } from './chart.ts'
import type { Estimate } from './comparison-chart.ts'
import { draw } from './draw.ts'
import type { ModelPlace } from './model-look.ts'
import { paretoOption } from './pareto-option.ts'

export interface AccuracyAgainstCost {
  models: PricedModel[]
}

export interface PricedModel {
  model: string
  place: ModelPlace
  isSimulated: boolean
  accuracy: Estimate
  /** Dollars; null: price unknown. */
  costPerThousand: Estimate
  /** Median. */
  timeMs: number | null
}

/** A model that can be placed. */
export type Placed = PricedModel & { accuracy: { value: number }; costPerThousand: { value: number } }

const sizes = { wide: { width: 560, height: 290 }, phone: { width: 340, height: 300 } }

/** What do we pay for accuracy? Up and left is better. Undefined where no model has both figures. */
export function paretoChart({ models }: AccuracyAgainstCost, layout: Layout = 'wide'): Chart | undefined {
  const placed = models.filter(isPlaced)
  if (placed.length === 0) return undefined
  const finding = paretoFinding(models, placed)
  const size = sizes[layout]
  return { svg: draw(paretoOption(placed, size), size, finding), finding, table: tableOf(models, placed), size }
}

function isPlaced(model: PricedModel): model is Placed {
  return model.accuracy.value !== null && model.costPerThousand.value !== null
}

/** Models that no other beats in both accuracy and cost, the cheapest first. */
export function undominated(placed: readonly Placed[]): Placed[] {
  const byCost = placed.toSorted(
    (one, other) =>
      one.costPerThousand.value - other.costPerThousand.value || other.accuracy.value - one.accuracy.value,
  )
  const front: Placed[] = []
  for (const model of byCost) {
    if (model.accuracy.value > (front.at(-1)?.accuracy.value ?? -1)) front.push(model)
  }
  return front
}

function paretoFinding(models: readonly PricedModel[], placed: readonly Placed[]): string {
  const told = undominated(placed).map(
    ({ model, accuracy, costPerThousand }) =>
      `${model} (${scoreWithInterval(accuracy.value, accuracy.interval)} for ${perThousand(costPerThousand.value)})`,
  )
  const missing = models.filter((model) => !isPlaced(model)).map(({ model }) => model)
  const left = missing.length === 0 ? '' : ` Not placed, because accuracy or price is unknown: ${missing.join(', ')}.`
  return `Of accuracy against cost per 1,000 requests, no other model beats ${told.join(', ')} on both.${left}`
}

function tableOf(models: readonly PricedModel[], placed: readonly Placed[]): ChartTable {
  const front = undominated(placed).map(({ model }) => model)
  const time = timesBeside(models.map(({ timeMs }) => timeMs))
  return {
    titles: ['Model', 'Accuracy, points', 'Cost per 1,000', 'Median time', 'Beaten on both'],
    rows: models.map(({ model, isSimulated, accuracy, costPerThousand, timeMs }) => [
      isSimulated ? `${model} (simulated)` : model,
      accuracy.value === null ? 'unknown' : scoreWithInterval(accuracy.value, accuracy.interval),
      perThousand(costPerThousand.value),
      time(timeMs),
      accuracy.value === null || costPerThousand.value === null ? 'unknown' : front.includes(model) ? 'no' : 'yes',
    ]),
    aligns: 'lrrrl',
  }
}
