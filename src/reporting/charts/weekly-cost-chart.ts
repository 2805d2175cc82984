import { counted, countedOf } from '../../shared/counted.ts'
import { dayAndMonth } from '../../shared/format-date.ts'
import { money } from '../../shared/format-number.ts'
import type { Chart, ChartTable, Layout } from './chart.ts'
import { draw } from './draw.ts'
import { weeklyCostOption } from './weekly-cost-option.ts'

/** What was spent, by week and model. */
export interface WeeklyCosts {
  /** At most eight are told apart; the cheapest of more are summed as `others`. */
  models: { model: string; number: number; isSimulated: boolean }[]
  /** In order of time. */
  weeks: CostWeek[]
  /** Dollars a week; null: none is set. */
  budgetUsd: number | null
  timeZone: string
}

export interface CostWeek {
  startsAt: Date
  /** Dollars by model. */
  costUsd: Record<string, number>
  /** Calls whose price is not known: the bar is at least as high. */
  unpricedCalls: number
}

const sizes = { wide: { width: 768, height: 300 }, phone: { width: 340, height: 260 } }

/** What does it cost? Stacked weeks against the budget. Undefined without a week. */
export function weeklyCostChart(data: WeeklyCosts, layout: Layout = 'wide'): Chart | undefined {
  if (data.weeks.length === 0 || data.models.length === 0) return undefined
  const stacked = withOthers(data)
  const finding = costFinding(data)
  const size = sizes[layout]
  return { svg: draw(weeklyCostOption(stacked, size), size, finding), finding, table: tableOf(data), size }
}

const mostModels = 8
export const others = 'others'

/** The seven that cost most and the rest as one, so that each keeps a colour of its own. */
function withOthers(data: WeeklyCosts): WeeklyCosts {
  const cost = ({ model }: { model: string }) => data.weeks.reduce((sum, week) => sum + (week.costUsd[model] ?? 0), 0)
  if (data.models.length <= mostModels) return data
  const byCost = data.models.toSorted((one, other) => cost(other) - cost(one))
  const kept = byCost.slice(0, mostModels - 1)
  const weeks = data.weeks.map((week) => ({
    ...week,
    costUsd: {
      ...Object.fromEntries(kept.map(({ model }) => [model, week.costUsd[model] ?? 0])),
      [others]: byCost.slice(mostModels - 1).reduce((sum, { model }) => sum + (week.costUsd[model] ?? 0), 0),
    },
  }))
  return { ...data, models: [...kept, { model: others, number: -1, isSimulated: false }], weeks }
}

export function weekTotal({ costUsd }: CostWeek): number {
  return Object.values(costUsd).reduce((sum, cost) => sum + cost, 0)
}

function costFinding({ weeks, budgetUsd, timeZone }: WeeklyCosts): string {
  const last = weeks.at(-1)
  if (last === undefined) return 'Nothing was spent.'
  const over = budgetUsd === null ? [] : weeks.filter((week) => weekTotal(week) > budgetUsd)
  const limit = budgetUsd === null ? '' : ` of ${money(budgetUsd)}`
  const unpriced = last.unpricedCalls > 0 ? ', without calls of unknown price' : ''
  const beyond =
    budgetUsd === null
      ? ''
      : over.length === 0
        ? ' No week was over the budget.'
        : ` ${countedOf(over.length, weeks.length, 'week')} ${over.length === 1 ? 'was' : 'were'} over the budget.`
  return `The week of ${dayAndMonth(last.startsAt, timeZone)} cost ${money(weekTotal(last))}${limit}${unpriced}.${beyond}`
}

function tableOf({ models, weeks, timeZone }: WeeklyCosts): ChartTable {
  const names = models.map(({ model, isSimulated }) => (isSimulated ? `${model} (simulated)` : model))
  return {
    titles: ['Week of', ...names, 'Total'],
    rows: weeks.map((week) => [
      dayAndMonth(week.startsAt, timeZone),
      ...models.map(({ model }) => money(week.costUsd[model] ?? 0)),
      money(weekTotal(week)) +
        (week.unpricedCalls > 0 ? ` and ${counted(week.unpricedCalls, 'call')} of unknown price` : ''),
    ]),
    aligns: `l${'r'.repeat(models.length + 1)}`,
  }
}
