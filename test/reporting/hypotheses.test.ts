import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadHypotheses } from '../../src/datasets/load-hypotheses.ts'
import { judgeHypotheses } from '../../src/reporting/hypotheses.ts'

const lite = { model: 'lite', accuracy: 91, meanLatencyMs: 700, costPerCallUsd: 0.0001 }
const flash = { model: 'flash', accuracy: 93, meanLatencyMs: 1400, costPerCallUsd: 0.0002 }
const claim = { id: 'x', tier: 1, claim: 'lite is twice as fast', model: 'lite', against: 'flash' }

describe('the expectations of the source document', () => {
  test('pass or fail by the measured figure, bounds included', () => {
    const verdicts = judgeHypotheses(
      [
        { ...claim, measure: 'speed-ratio', atLeast: 2 },
        { ...claim, measure: 'speed-ratio', atLeast: 2.01 },
        { ...claim, measure: 'accuracy-difference', atLeast: -5 },
        { ...claim, measure: 'cost-ratio', atMost: 0.4 },
        { ...claim, measure: 'holds-seat', atLeast: 1 },
      ],
      [lite, flash],
      'flash',
    )
    expect(verdicts.map(({ verdict, measured }) => [verdict, measured])).toEqual([
      ['PASS', 2],
      ['FAIL', 2],
      ['PASS', -2],
      ['FAIL', 0.5],
      ['FAIL', 0],
    ])
  })

  test('are NOT MEASURED when a model did not run or a figure is unknown, never guessed', () => {
    const [missing] = judgeHypotheses([{ ...claim, measure: 'speed-ratio', atLeast: 2 }], [lite], 'flash')
    expect(missing).toMatchObject({ verdict: 'NOT MEASURED', measured: null, note: 'flash was not evaluated' })
    const free = { ...lite, costPerCallUsd: null }
    const [unknown] = judgeHypotheses([{ ...claim, measure: 'cost-ratio', atMost: 1 }], [free, flash], 'flash')
    expect(unknown).toMatchObject({ verdict: 'NOT MEASURED', measured: null })
  })

  test('of document 002 stand in the shipped dataset, each with its requirement', () => {
    const shipped = loadHypotheses(resolve(import.meta.dirname, '../../golden-datasets/job-analysis'))
    const ids = new Set(shipped.flatMap(({ id }) => id.split(', ')))
    for (const id of ['S2-13', 'S2-14', 'S2-15', 'S2-118', 'S2-119', 'S2-120', 'S2-121']) expect(ids).toContain(id)
  })
})
