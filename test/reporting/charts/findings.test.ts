import { describe, expect, test } from 'vitest'
import { comparisonChart } from '../../../src/reporting/charts/comparison-chart.ts'
import { confidenceRuler } from '../../../src/reporting/charts/confidence-ruler.ts'
import { driftChart } from '../../../src/reporting/charts/drift-chart.ts'
import { guardState } from '../../../src/reporting/charts/guard-row.ts'
import { historyChart } from '../../../src/reporting/charts/history-chart.ts'
import { paretoChart, undominated } from '../../../src/reporting/charts/pareto-chart.ts'
import { sampleChart } from '../../../src/reporting/charts/sample-chart.ts'
import { weeklyCostChart } from '../../../src/reporting/charts/weekly-cost-chart.ts'
import {
  comparedModels,
  estimate,
  historySeries,
  incumbent,
  names,
  points,
  pricedModels,
  sunday,
  timeZone,
  weeklyCosts,
} from './chart-examples.ts'

/** What people see between the tags. */
const wordsOf = (svg = '') => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words)

describe('the comparison of models', () => {
  test('shows the figures of its table, and never a 0 for what is unknown', () => {
    const models = comparedModels(2).map((model, index) =>
      index === 2 ? { ...model, costPerThousand: estimate(null, null), total: estimate(null, null) } : model,
    )
    const chart = comparisonChart({ models })
    expect(chart?.table.rows[0]).toEqual([incumbent, 'in the seat', '93.0 ± 2.2', '1.38\u202fs', '$0.41', '71.0'])
    expect(chart?.table.rows[2]?.slice(4)).toEqual(['price unknown', 'unknown'])
    expect(wordsOf(chart?.svg)).toEqual(expect.arrayContaining(['93.0', '1.38', '0.41', '71.0', 'unknown']))
    expect(chart?.finding).toContain(`${incumbent} has the highest accuracy (93.0 ± 2.2)`)
  })

  test('draws the line of the incumbent through every panel whose figure is known', () => {
    const lines = (svg = '') => [...svg.matchAll(/<polyline [^>]*stroke="var\(--ink\)" stroke-width="2"/g)].length
    expect(lines(comparisonChart({ models: comparedModels(2) })?.svg)).toBe(4)
  })
})

describe('the history', () => {
  test('breaks where a model was not tested, and never draws through the gap', () => {
    const [series] = historySeries(1, 8)
    if (series === undefined) throw new Error('no series')
    const other = { ...series, model: 'b', place: 'leader' as const }
    const gap = { ...series, points: series.points.filter((_, week) => week !== 3 && week !== 4) }
    const chart = historyChart({ measure: 'accuracy', series: [gap, other], changes: [], timeZone })
    const inkLines = [...(chart?.svg ?? '').matchAll(/<polyline [^>]*stroke="var\(--ink\)"/g)]
    expect(inkLines).toHaveLength(2)
    expect(chart?.table.rows[3]?.[1]).toBe('not tested')
  })

  test('has bands for three models; of more only the incumbent has one, and the labels say the intervals', () => {
    const of = (models: number) =>
      historyChart({ measure: 'accuracy', series: historySeries(models, 8), changes: [], timeZone })?.svg ?? ''
    expect(of(3).match(/opacity="0.12"/g)).toHaveLength(3)
    expect(of(4).match(/opacity="0.12"/g)).toHaveLength(1)
    expect(wordsOf(of(4)).filter((words) => words?.includes('±'))).toHaveLength(4)
  })

  test('puts changes of one date over one line', () => {
    const changes = ['switch', 'new prices'].map((words) => ({ at: sunday(2), words }))
    const chart = historyChart({ measure: 'accuracy', series: historySeries(1, 8), changes, timeZone })
    expect(wordsOf(chart?.svg)).toContain('switch, new prices')
    expect(chart?.table.rows[2]?.at(-1)).toBe('switch, new prices')
  })

  test('is red only where a model has become worse', () => {
    const of = (status: 'steady' | 'rollback') =>
      driftChart({
        model: incumbent,
        isSimulated: false,
        points: points(6, 91).map((point) => ({ ...point, status })),
        baseline: 91.2,
        floor: null,
        timeZone,
      })
    expect(of('steady')?.svg).not.toMatch(/--(bad|warn|good)/)
    expect(of('rollback')?.svg).toContain('--bad')
    expect(of('rollback')?.finding).toContain('has become worse, and a fresh re-test confirms it')
  })
})

describe('accuracy against cost', () => {
  test('joins the models that no other beats on both, and names what could not be placed', () => {
    const unpriced = { ...pricedModels(0)[0], model: 'new', costPerThousand: estimate(null, null) }
    const models = [...pricedModels(3), unpriced as ReturnType<typeof pricedModels>[number]]
    const chart = paretoChart({ models })
    expect(chart?.finding).toContain(`no other model beats ${incumbent}`)
    expect(chart?.finding).toContain('unknown: new.')
    expect(chart?.table.rows.map((row) => row.at(-1))).toEqual(['no', 'yes', 'yes', 'yes', 'unknown'])
  })

  test('has a place for models that cost nothing', () => {
    const free = pricedModels(1).map((model, index) => ({
      ...model,
      costPerThousand: estimate(index === 0 ? 0.4 : 0, null),
    }))
    expect(wordsOf(paretoChart({ models: free })?.svg)).toContain('$0')
    expect(undominated(free as Parameters<typeof undominated>[0]).map(({ model }) => model)).toEqual([
      names[0],
      incumbent,
    ])
  })
})

test('samples are counted on both sides, and the equal ones too', () => {
  const differences = [30, 10, -5, 0].map((difference) => ({ difference, samples: difference === 0 ? 2 : 1 }))
  const chart = sampleChart({ challenger: 'b', incumbent: 'a', isSimulated: false, differences })
  expect(chart?.finding).toBe('Of 5 samples, b is better on 2, a on 1, and 2 are equal.')
  expect(wordsOf(chart?.svg)).toEqual(expect.arrayContaining(['challenger better: 2 samples', 'incumbent better: 1']))
  expect(chart?.table.rows).toHaveLength(4)
})

test('bars of samples tell how many differ so, and who is better by how much, to the pointer and in the table', () => {
  const differences = [
    { difference: 20, samples: 3 },
    { difference: 0, samples: 2 },
    { difference: -5, samples: 1 },
  ]
  const chart = sampleChart({ challenger: 'b', incumbent: 'a', isSimulated: false, differences })
  const told = [...(chart?.svg ?? '').matchAll(/data-point=""><title>([^<]*)</g)].map(([, words]) => words)
  expect(told).toEqual(['3 samples: b 20.0 points better', '2 samples: no difference', '1 sample: a 5.0 points better'])
  expect(chart?.table.titles).toEqual(['Accuracy of b minus a, points', 'Samples that differ so'])
})

describe('weekly costs', () => {
  test('start at $0, name every model and the budget, and mark weeks with calls of unknown price', () => {
    const chart = weeklyCostChart(weeklyCosts(3, 8))
    const words = wordsOf(chart?.svg)
    expect(words).toEqual(expect.arrayContaining(['$0', 'budget $9', '+ ?', incumbent]))
    expect(chart?.table.rows[1]?.at(-1)).toContain('12 calls of unknown price')
  })

  test('of more than eight models show the seven dearest and others, and lose no dollar', () => {
    const data = weeklyCosts(10, 4)
    const chart = weeklyCostChart(data)
    expect(wordsOf(chart?.svg)).toContain('others')
    const total = Object.values(data.weeks[3]?.costUsd ?? {}).reduce((sum, cost) => sum + cost, 0)
    expect(chart?.table.rows[3]?.at(-1)).toBe(`$${total.toFixed(2)}`)
  })
})

test('a ruler never says certain, and pushes away a number that its mark would touch', () => {
  const ruler = confidenceRuler({ probability: 0.99999, needed: 0.992, of: 'challenger', isSimulated: false })
  expect(ruler.finding).toBe('> 99.9\u202f% confident; 99.2\u202f% is needed.')
  expect(wordsOf(ruler.svg)).toEqual(['50\u202f%', '80', '95', '99.9', '99.2'])
})

test('a guard is amber until its bound is within the limit, and red only when it fired', () => {
  const guard = { name: 'Failed requests', seen: 0.01, limit: 0.03, isSimulated: false }
  expect(guardState({ ...guard, bound: 0.02, hasAlarm: false })).toBe('within')
  expect(guardState({ ...guard, bound: 0.05, hasAlarm: false })).toBe('not proven yet')
  expect(guardState({ ...guard, bound: 0.05, hasAlarm: true })).toBe('alarm')
  expect(guardState({ ...guard, seen: null, bound: null, hasAlarm: false })).toBe('nothing seen yet')
})
