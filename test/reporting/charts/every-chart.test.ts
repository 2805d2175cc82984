import { describe, expect, test } from 'vitest'
import type { Chart } from '../../../src/reporting/charts/chart.ts'
import { comparisonChart } from '../../../src/reporting/charts/comparison-chart.ts'
import { confidenceRuler } from '../../../src/reporting/charts/confidence-ruler.ts'
import { type DifferenceLayout, differenceChart } from '../../../src/reporting/charts/difference-chart.ts'
import { type DriftMark, driftChart } from '../../../src/reporting/charts/drift-chart.ts'
import { guardRow } from '../../../src/reporting/charts/guard-row.ts'
import { type HistoryLayout, historyChart } from '../../../src/reporting/charts/history-chart.ts'
import { paretoChart } from '../../../src/reporting/charts/pareto-chart.ts'
import { sampleChart } from '../../../src/reporting/charts/sample-chart.ts'
import { sparkline } from '../../../src/reporting/charts/sparkline.ts'
import { stageTrack } from '../../../src/reporting/charts/stage-track.ts'
import { colourIn, tokensCss } from '../../../src/reporting/charts/tokens.ts'
import { weeklyCostChart } from '../../../src/reporting/charts/weekly-cost-chart.ts'
import {
  comparedModels,
  differenceRows,
  historySeries,
  incumbent,
  points,
  pricedModels,
  sunday,
  timeZone,
  weeklyCosts,
} from './chart-examples.ts'
import { collisions, markBoxes, outside, textBoxes } from './svg-geometry.ts'

const pageLayouts = ['wide', 'phone'] as const
const sizes = [1, 2, 3, 5, 8]

const differences = (count: number, layout: DifferenceLayout) =>
  differenceChart(
    { measure: 'total points', incumbent, rows: differenceRows(count), title: 'Tier 1 keeps its model.' },
    layout,
  )
const history = (models: number, weeks: number, layout: HistoryLayout) =>
  historyChart({ measure: 'accuracy', series: historySeries(models, weeks), changes: changes(weeks), timeZone }, layout)
const changes = (weeks: number) =>
  ['first look', 'new prompt', 'switch'].map((words, index) => ({ at: sunday(Math.max(0, weeks - 3 + index)), words }))
const samples = (count: number) =>
  sampleChart({
    challenger: 'b',
    incumbent,
    isSimulated: false,
    differences: Array.from({ length: count }, (_, index) => ({ difference: ((index * 37) % 81) - 40, samples: 1 })),
  })
const drift = (status: DriftMark, layout: HistoryLayout) =>
  driftChart(
    {
      model: incumbent,
      isSimulated: false,
      points: points(9, 91).map((point, index) => ({ ...point, status: index === 8 ? status : 'steady' })),
      baseline: 91.4,
      floor: 85,
      timeZone,
    },
    layout,
  )

const cases: [string, Chart | undefined][] = [
  ...sizes.flatMap((count) =>
    ([...pageLayouts, 'email', 'slack'] as const).map(
      (layout) => [`differences of ${count}, ${layout}`, differences(count, layout)] as [string, Chart | undefined],
    ),
  ),
  ...sizes.flatMap((count) =>
    pageLayouts.flatMap((layout): [string, Chart | undefined][] => [
      [`comparison of ${count}, ${layout}`, comparisonChart({ models: comparedModels(count) }, layout)],
      [`history of ${count}, ${layout}`, history(count, 16, layout)],
      [`history of ${count} over two weeks, ${layout}`, history(count, 2, layout)],
      [`history of ${count} on one day, ${layout}`, history(count, 1, layout)],
      [`weekly costs of ${count}, ${layout}`, weeklyCostChart(weeklyCosts(count, 12), layout)],
      [`drift, ${layout}`, drift('rollback', layout)],
    ]),
  ),
  ...[1, 2, 3, 5].map((count): [string, Chart | undefined] => [
    `accuracy against cost of ${count}`,
    paretoChart({ models: pricedModels(count) }),
  ]),
  ['weekly costs of one week', weeklyCostChart(weeklyCosts(2, 1))],
  ['weekly costs of ten models', weeklyCostChart(weeklyCosts(10, 26))],
  ['history, small', history(1, 16, 'small')],
  ['samples, 1', samples(1)],
  ['samples, 50', samples(50)],
  ['samples, 1000', samples(1000)],
  ['sparkline', sparkline({ model: incumbent, measure: 'accuracy', isSimulated: false, points: points(16, 90) })],
  ...[0.2, 0.5, 0.74, 0.95, 0.999, 0.99999].map((probability): [string, Chart] => [
    `ruler at ${probability}`,
    confidenceRuler({ probability, needed: 0.992, of: 'challenger', isSimulated: false }),
  ]),
  [
    'stage track',
    stageTrack({
      challenger: 'b',
      isSimulated: false,
      stages: [
        { name: 'Shadow', state: 'done', progress: 1 },
        { name: 'Partial 5\u202f%', state: 'done', progress: 1 },
        { name: 'Partial 25\u202f%', state: 'stopped', progress: 0.4 },
        { name: 'Full', state: 'ahead', progress: 0 },
      ],
    }),
  ],
  [
    'guard row',
    guardRow({ name: 'Failed requests', seen: 0.054, bound: 0.088, limit: 0.03, hasAlarm: true, isSimulated: false }),
  ],
]

describe.each(cases)('the chart: %s', (_, chart) => {
  const { svg = '', finding = '', size = { width: 0, height: 0 } } = chart ?? {}

  test('has every mark and every word inside the frame, and no words on each other', () => {
    expect(markBoxes(svg).length).toBeGreaterThan(0)
    expect(outside([...markBoxes(svg), ...textBoxes(svg)], size)).toEqual([])
    expect(collisions(textBoxes(svg))).toEqual([])
  })

  test('says its finding to those who do not see it, and needs no inline style', () => {
    expect(finding).toMatch(/\w.*\.$/)
    expect(svg).toContain('role="img" aria-label="')
    expect(svg).not.toMatch(/style|class=|ecmeta|#[0-9A-Fa-f]{3}/)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('uses no colour that the themes do not have', () => {
    const css = tokensCss()
    for (const [, token] of svg.matchAll(/var\((--[a-z0-9-]+)\)/g)) expect(css).toContain(`${token}:`)
  })

  test('has a table whose rows are all as long as its head', () => {
    const { titles = [], rows = [], aligns = '' } = chart?.table ?? {}
    expect(rows.length).toBeGreaterThan(0)
    expect(aligns).toHaveLength(titles.length)
    for (const row of rows) expect(row).toHaveLength(titles.length)
  })
})

test('nothing is drawn of nothing: pages say instead why there is nothing', () => {
  expect(differenceChart({ measure: 'total points', incumbent, rows: [] })).toBeUndefined()
  expect(comparisonChart({ models: [] })).toBeUndefined()
  expect(historyChart({ measure: 'accuracy', series: [], changes: [], timeZone })).toBeUndefined()
  expect(paretoChart({ models: [] })).toBeUndefined()
  expect(weeklyCostChart({ models: [], weeks: [], budgetUsd: null, timeZone })).toBeUndefined()
  expect(stageTrack({ challenger: 'b', isSimulated: false, stages: [] })).toBeUndefined()
})

describe('the colours', () => {
  const lightness = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
      const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  /** WCAG 2.2 */
  const contrast = (one: string, other: string) => {
    const [low = 0, high = 0] = [lightness(one), lightness(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  test.each(['light', 'dark'] as const)('of words have a contrast of 4.5 and more on page and panel, %s', (theme) => {
    const models = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `model-${number}` as 'model-1')
    const texts = ['ink', 'ink-2', 'ink-3', 'challenger', 'good', 'warn', 'bad', 'sim', ...models] as const
    for (const ground of ['canvas', 'surface'] as const) {
      for (const text of texts) {
        expect(contrast(colourIn(theme, text), colourIn(theme, ground)), `${text} on ${ground}`).toBeGreaterThan(4.5)
      }
    }
  })
})
