import { describe, expect, test } from 'vitest'
import { analyse } from '../../src/analysis/analyse.ts'
import type { ModelAnalysis } from '../../src/analysis/analysis.ts'
import type { EvaluationRecord } from '../../src/analysis/evaluation-records.ts'

const refs = { latencyMs: 2000, costUsd: 0.004 }

function records(
  model: string,
  accuracies: (number | null)[],
  more: Partial<EvaluationRecord> = {},
): EvaluationRecord[] {
  return accuracies.map((accuracy, index) => ({
    item: `item ${index}`,
    model,
    repeat: 0,
    ok: accuracy !== null,
    accuracy,
    latencyMs: 2000,
    costUsd: 0.004,
    ...more,
  }))
}

function analysed(of: EvaluationRecord[], model = 'A'): ModelAnalysis {
  const analysis = analyse({ refs, records: of }).models[model]
  if (analysis === undefined) throw new Error(`no analysis of ${model}`)
  return analysis
}

describe('what the records say about a model', () => {
  test('a failure counts 0 in accuracy, speed and cost, and is not left out', () => {
    const { accuracy, accuracyOkOnly, failureRate, scores } = analysed(records('A', [100, 100, 100, null]))
    expect([accuracy, accuracyOkOnly, failureRate]).toEqual([75, 100, 0.25])
    expect([scores.speed, scores.cost]).toEqual([37.5, 37.5])
  })

  test('99 failures and one perfect answer are no perfect model', () => {
    const { accuracy, scores } = analysed(records('A', [100, ...Array.from({ length: 99 }, () => null)]))
    expect(accuracy).toBe(1)
    expect(scores.total).toBeLessThan(2)
  })

  test('a model that fails every call has a total of 0 and unknown times, and says so', () => {
    const { scores, latency, accuracyOkOnly, flags } = analysed(
      records(
        'A',
        Array.from({ length: 12 }, () => null),
      ),
    )
    expect(scores).toEqual({ accuracy: 0, speed: 0, cost: 0, total: 0 })
    expect(latency).toEqual({ mean: null, p50: null, p95: null, p99: null, n: 0 })
    expect(accuracyOkOnly).toBeNull()
    expect(flags).toContain('all_failed')
  })

  test('quick failures do not make a model look quick', () => {
    const { latency } = analysed([...records('A', [90, 90, 90]), ...records('A', [null], { repeat: 1, latencyMs: 50 })])
    expect(latency.mean).toBe(2000)
  })

  test('an unknown cost is unknown, and its total leaves cost out', () => {
    const { cost, scores, flags } = analysed(records('A', [80, 80], { costUsd: null }))
    expect(cost).toEqual({ total: null, perCall: null, perOk: null })
    expect(scores.cost).toBeNull()
    expect(scores.total).toBeCloseTo((0.5 * 80 + 0.3 * 50) / 0.8, 12)
    expect(flags).toContain('cost_missing')
  })

  test('what failed calls cost is spent too', () => {
    const { cost } = analysed(records('A', [80, null]))
    expect(cost.total).toBeCloseTo(0.008, 12)
    expect(cost.perOk).toBeCloseTo(0.008, 12)
  })

  test('consistency is measured across the repeats of an item, not across items', () => {
    const again = (accuracies: number[]) => records('A', accuracies, { repeat: 1 })
    const steady = analysed([...records('A', [0, 100, 100]), ...again([0, 100, 100])])
    const flaky = analysed([...records('A', [0, 100, 0]), ...again([100, 0, 100])])
    expect([steady.consistency, steady.withinItemSd, steady.unanimousRate]).toEqual([100, 0, 1])
    expect([flaky.consistency, flaky.unanimousRate]).toEqual([0, 0])
    expect(flaky.withinItemSd).toBeCloseTo(70.71, 2)
  })

  test('one call per item says nothing about consistency', () => {
    const { consistency, withinItemSd, unanimousRate } = analysed(records('A', [80, 90]))
    expect([consistency, withinItemSd, unanimousRate]).toEqual([null, null, null])
  })

  test('an item asked more often does not count more', () => {
    const { accuracy } = analysed([
      ...records('A', [0, 100]),
      ...records('A', [0], { repeat: 1 }),
      ...records('A', [0], { repeat: 2 }),
    ])
    expect(accuracy).toBe(50)
  })

  test('records of items that were not expected are ignored', () => {
    const { models } = analyse({ refs, items: ['item 0'], records: records('A', [80, 0]) })
    expect(models.A?.accuracy).toBe(80)
  })

  test('a slow, dear and bad third model changes nothing about the other two', () => {
    const two = [...records('A', [92]), ...records('B', [84], { latencyMs: 1500 })]
    const three = [...two, ...records('C', [60], { latencyMs: 9000, costUsd: 0.04 })]
    const { C: _third, ...others } = analyse({ refs, records: three }).models
    expect(others).toEqual(analyse({ refs, records: two }).models)
  })

  test('a model may be called like a property of every object', () => {
    const { models } = analyse({ refs, records: [...records('constructor', [80]), ...records('__proto__', [70])] })
    expect(Object.keys(models)).toEqual(['__proto__', 'constructor'])
  })

  test('ten models with a thousand items and three repeats take well under a second', () => {
    const accuracies = Array.from({ length: 1000 }, (_, index) => index % 101)
    const many = Array.from({ length: 10 }, (_, model) =>
      [0, 1, 2].flatMap((repeat) => records(`model ${model}`, accuracies, { repeat })),
    ).flat()
    const startedAt = performance.now()
    analyse({ refs, records: many })
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})
