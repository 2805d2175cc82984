import type { BarSeriesOption, EChartsOption } from 'echarts'
import { dayAndMonth } from '../../shared/format-date.ts'
import { money } from '../../shared/format-number.ts'
import { grid, verticalAxis } from './axes.ts'
import { roundTicks } from './axis-ticks.ts'
import type { Size } from './chart.ts'
import { type Mark, markSeries, type Place, stroke, telling, words } from './marks.ts'
import { modelLook } from './model-look.ts'
import { shortNames } from './short-names.ts'
import { spreadLabels } from './spread-labels.ts'
import { textWidth } from './text-width.ts'
import { colour } from './tokens.ts'
import { type WeeklyCosts, weekTotal } from './weekly-cost-chart.ts'

/** Options of the weekly costs: amounts start at 0, the last bar carries the names. */
export function weeklyCostOption(data: WeeklyCosts, size: Size): EChartsOption {
  const names = shownNames(data, size)
  const right = 14 + Math.max(...names.map((name) => textWidth(name, 12, 600)), budgetPx(data))
  const most = Math.max(...data.weeks.map(weekTotal), data.budgetUsd ?? 0)
  const ticks = roundTicks([0, most === 0 ? 1 : most])
  const left = 10 + Math.max(...ticks.ticks.map((tick) => textWidth(dollars(tick), 12)))
  return {
    grid: grid({ left, right, top: 24, bottom: 30 }),
    xAxis: {
      type: 'category',
      data: data.weeks.map(({ startsAt }) => dayAndMonth(startsAt, data.timeZone)),
      axisLine: { lineStyle: { color: colour('line-2') } },
      axisTick: { show: false },
      axisLabel: {
        color: colour('ink-3'),
        fontSize: 12,
        interval: everyNth(data.weeks.length, size.width - left - right),
      },
    },
    yAxis: verticalAxis({ ticks, label: dollars }),
    series: [
      ...data.models.map((model, index) => barSeries(data, model, index)),
      markSeries((place) => [
        ...budgetMarks(data, { left, right: size.width - right }, place),
        ...unpricedMarks(data, place),
        ...labelMarks(data, names, size, right, place),
        ...tellingMarks(data, place),
      ]),
    ],
  } as EChartsOption
}

function dollars(usd: number): string {
  return usd === 0 ? '$0' : usd >= 1 && Number.isInteger(usd) ? `$${usd.toLocaleString('en-US')}` : money(usd)
}

function budgetPx({ budgetUsd }: WeeklyCosts): number {
  return budgetUsd === null ? 0 : textWidth(`budget ${dollars(budgetUsd)}`, 12, 600)
}

function shownNames({ models }: WeeklyCosts, { width }: Size): string[] {
  const room = { widthPx: width < 400 ? 100 : 190, sizePx: 12, weight: 600 }
  return shortNames(
    models.map(({ model }) => model),
    room,
  )
}

/** So that labels of weeks do not touch; the last week always has one. */
function everyNth(weeks: number, widthPx: number): (index: number) => boolean {
  const every = Math.ceil((weeks * 56) / widthPx)
  return (index) => (weeks - 1 - index) % every === 0
}

function barSeries(
  data: WeeklyCosts,
  { model, number, isSimulated }: WeeklyCosts['models'][number],
  index: number,
): BarSeriesOption {
  return {
    type: 'bar',
    stack: 'cost',
    silent: true,
    barCategoryGap: '28%',
    barMaxWidth: 40,
    data: data.weeks.map(({ costUsd }) => costUsd[model] ?? 0),
    itemStyle: {
      color: lookOf({ number, isSimulated }),
      // Simulated models share one colour: steps of it tell them apart.
      opacity: isSimulated ? Math.max(0.4, 1 - index * 0.2) : 1,
      borderColor: colour('surface'),
      borderWidth: 1,
    },
  }
}

function lookOf({ number, isSimulated }: { number: number; isSimulated: boolean }): string {
  return number < 0 ? colour('ink-3') : modelLook(number, isSimulated).colour
}

function budgetMarks(
  { budgetUsd, weeks }: WeeklyCosts,
  { left, right }: { left: number; right: number },
  place: Place,
): Mark[] {
  if (budgetUsd === null || weeks.length === 0) return []
  const y = place(0, budgetUsd)[1]
  const line = [
    [left, y],
    [right, y],
  ] as const
  return [stroke(line, { stroke: colour('bad'), widthPx: 1.5, dash: [6, 4] })]
}

/** A bar with calls of unknown price is at least so high. */
function unpricedMarks({ weeks }: WeeklyCosts, place: Place): Mark[] {
  return weeks.flatMap((week, index) => {
    if (week.unpricedCalls === 0) return []
    const [x, y] = place(index, weekTotal(week))
    return [words('+ ?', [x, y - 9], { colour: colour('warn'), weight: 600, align: 'center' })]
  })
}

function tellingMarks({ weeks, models, timeZone }: WeeklyCosts, place: Place): Mark[] {
  return weeks.flatMap(({ costUsd, startsAt }, index) => {
    let below = 0
    return models.flatMap(({ model }) => {
      const cost = costUsd[model] ?? 0
      below += cost
      const text = `${model}, week of ${dayAndMonth(startsAt, timeZone)}: ${money(cost)}`
      return cost === 0 ? [] : [telling(text, place(index, below - cost / 2))]
    })
  })
}

/** Names beside their part of the last bar, what has none where it would be; and the budget beside its line. */
function labelMarks(data: WeeklyCosts, names: readonly string[], size: Size, right: number, place: Place): Mark[] {
  const last = data.weeks.length - 1
  const costs = data.models.map(({ model }) => data.weeks[last]?.costUsd[model] ?? 0)
  const middles = costs.map((cost, index) => {
    const below = costs.slice(0, index).reduce((sum, each) => sum + each, 0)
    return place(last, below + cost / 2)[1]
  })
  const { budgetUsd } = data
  const budget = budgetUsd === null ? [] : [place(last, budgetUsd)[1]]
  const placed = spreadLabels([...middles, ...budget], 16, [16, size.height - 34])
  const label = (text: string, index: number, tone: string) =>
    words(text, [size.width - right + 10, placed[index] ?? 0], { weight: 600, colour: tone })
  return [
    ...data.models.map((model, index) => label(names[index] ?? model.model, index, lookOf(model))),
    ...(budgetUsd === null ? [] : [label(`budget ${dollars(budgetUsd)}`, placed.length - 1, colour('bad'))]),
  ]
}
