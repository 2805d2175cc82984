import { describe, expect, test } from 'vitest'
import { recommendWithEvidence } from '../../src/recommendation/evidence.ts'
import { comparisonTable } from '../../src/reporting/comparison-table.ts'
import type { EvaluationReport, RunReport } from '../../src/reporting/cycle-report.ts'
import { frontCell, placesOf } from '../../src/reporting/front-cells.ts'
import { decisionFixture } from '../analysis/decision-fixtures.ts'

/** Cells of the table of a fixture, by column, for its first challenger. */
function firstRow(name: string): Record<string, string> {
  const recommendation = recommendWithEvidence(decisionFixture(name).records)
  const text = comparisonTable({ recommendation, incumbent: 'A' } as EvaluationReport).replaceAll('\u202f', ' ')
  const [titles = [], , cells = []] = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
  return Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? '']))
}

function run(model: string, scores: [number, number, number | null], more: Partial<RunReport> = {}): RunReport {
  const [accuracy, speed, cost] = scores
  const told: Partial<RunReport> = { model, role: 'challenger', status: 'completed', ...more }
  return { ...told, scores: { accuracy, speed, cost, total: 0 } } as RunReport
}

describe("the report's table of comparisons", () => {
  test('says with each difference what the samples can detect, and how many more it takes', () => {
    expect(firstRow('edge-challengers-that-started')).toMatchObject({
      'Against A': 'B',
      Difference: '+5.0',
      Better: '99.1 %',
      Best: '98 %',
      Detectable: '7.2',
      'More samples': '42',
    })
  })

  test('asks for no more samples where the gain is seen, or where there is none', () => {
    expect(firstRow('01-clear-switch')['More samples']).toBe('0')
    expect(firstRow('edge-inconclusive')['More samples']).toBe('no gain')
  })

  test('leaves empty what was not measured', () => {
    expect(firstRow('edge-no-common-items')).toMatchObject({ Difference: 'not measured', 'More samples': '' })
  })
})

describe("the report's column of the Pareto front", () => {
  test('says who is on it, who beats the others, and where a price is missing; baselines have no place', () => {
    const runs = [
      run('right', [90, 30, 30]),
      run('fast', [80, 90, 30]),
      run('worse', [70, 30, 30]),
      run('unpriced', [95, 95, null]),
      run('rules', [60, 100, 100], { role: 'baseline' }),
      run('broken', [0, 0, 0], { status: 'failed' }),
    ]
    const places = placesOf(runs)
    expect(runs.map(({ model }) => frontCell(model, places))).toEqual([
      'yes',
      'yes',
      'no: right',
      'price unknown',
      '',
      '',
    ])
  })
})
