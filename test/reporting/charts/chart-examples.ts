import type { ComparedModel, Estimate } from '../../../src/reporting/charts/comparison-chart.ts'
import type { DifferenceRow } from '../../../src/reporting/charts/difference-chart.ts'
import type { HistoryPoint, HistorySeries } from '../../../src/reporting/charts/history-chart.ts'
import type { PricedModel } from '../../../src/reporting/charts/pareto-chart.ts'
import type { WeeklyCosts } from '../../../src/reporting/charts/weekly-cost-chart.ts'

/** Names as they occur, long ones among them. */
export const names = [
  'gemini-2.0-flash-lite-001',
  'gemini-1.5-flash',
  'gemini-1.5-pro',
  'Qwen/Qwen3-30B-A3B-Thinking-2507-FP8-dynamic',
  'Qwen/Qwen3-30B-A3B-Instruct-2507-FP8-dynamic',
  'mistral-small:24b',
  'llama3.1:8b-instruct-q4_K_M',
  'phi-4-mini',
]
export const incumbent = 'gemini-2.0-flash-001'
export const timeZone = 'Europe/Vienna'

/** The Sunday of week 0, 1, … */
export function sunday(week: number): Date {
  return new Date(Date.UTC(2026, 7, 2 + 7 * week, 1))
}

export function estimate(value: number | null, half: number | null): Estimate {
  return { value, interval: value === null || half === null ? null : [value - half, value + half] }
}

export function differenceRows(count: number): DifferenceRow[] {
  return names.slice(0, count).map((model, index) => ({
    model,
    note: index === 0 ? '100 samples × 3' : 'dropped after 60 × 1',
    isLeader: index === 0,
    isSimulated: false,
    difference: 7.1 - 3.3 * index,
    interval: [4.6 - 3.5 * index, 9.6 - 3 * index],
  }))
}

/** An incumbent and so many challengers. */
export function comparedModels(challengers: number): ComparedModel[] {
  return [incumbent, ...names.slice(0, challengers)].map((model, index) => ({
    model,
    note: index === 0 ? 'in the seat' : '100 × 3',
    place: index === 0 ? 'incumbent' : index === 1 ? 'leader' : 'challenger',
    isSimulated: false,
    accuracy: estimate(93 - 1.7 * index, 2.2),
    timeMs: estimate(1380 - 170 * index, null),
    costPerThousand: estimate(0.41 + 0.2 * index * index, null),
    total: estimate(71 + index, null),
  }))
}

export function pricedModels(challengers: number): PricedModel[] {
  return comparedModels(challengers).map(({ model, place, isSimulated, accuracy, costPerThousand, timeMs }) => {
    return { model, place, isSimulated, accuracy, costPerThousand, timeMs: timeMs.value }
  })
}

/** Weekly scores that wander a little. */
export function points(weeks: number, base: number): HistoryPoint[] {
  return Array.from({ length: weeks }, (_, week) => {
    const value = base + Math.sin(week * 1.7 + base)
    return { at: sunday(week), value, interval: [value - 2, value + 2] }
  })
}

export function historySeries(models: number, weeks: number): HistorySeries[] {
  return [incumbent, ...names].slice(0, models).map((model, index) => ({
    model,
    place: index === 0 ? 'incumbent' : index === 1 ? 'leader' : 'challenger',
    isSimulated: false,
    points: points(weeks, 94 - 2.5 * index),
  }))
}

export function weeklyCosts(models: number, weeks: number): WeeklyCosts {
  const shown = [incumbent, ...names, 'granite4:3b'].slice(0, models)
  return {
    models: shown.map((model, number) => ({ model, number, isSimulated: false })),
    weeks: Array.from({ length: weeks }, (_, week) => ({
      startsAt: sunday(week),
      costUsd: Object.fromEntries(shown.map((model, index) => [model, 0.4 + Math.abs(Math.sin(week + index))])),
      unpricedCalls: week === 1 ? 12 : 0,
    })),
    budgetUsd: 9,
    timeZone,
  }
}
