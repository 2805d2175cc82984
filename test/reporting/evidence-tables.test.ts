import { describe, expect, test } from 'vitest'
import { recommendWithEvidence } from '../../src/recommendation/evidence.ts'
import type { ParetoPlace } from '../../src/recommendation/pareto-front.ts'
import type { Recommendation } from '../../src/recommendation/recommendation.ts'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { frontCell, placesOf } from '../../src/reporting/front-cells.ts'
import { differenceTable } from '../../src/reporting/report-tables.ts'
import { decisionFixture } from '../analysis/decision-fixtures.ts'

/** Cells of the table of a fixture, by column, for its first challenger. */
function firstRow(name: string): Record<string, string> {
  const recommendation = recommendWithEvidence(decisionFixture(name).records)
  const { titles, rows } = differenceTable({ recommendation, incumbent: 'A' } as EvaluationReport)
  return Object.fromEntries(titles.map((title, index) => [title, rows[0]?.[index]?.replaceAll('\u202f', ' ') ?? '']))
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
  const paretoFront: ParetoPlace[] = [
    { model: 'right', status: 'front' },
    { model: 'fast', status: 'front' },
    { model: 'worse', status: 'beaten', by: 'right' },
    { model: 'unpriced', status: 'unknown' },
  ]
  const cells = (recommendation: object) => {
    const places = placesOf(recommendation as Recommendation)
    return ['right', 'fast', 'worse', 'unpriced', 'rules'].map((model) => frontCell(model, places))
  }

  test('says what the verdict says: who is on it, who beats the others, and where a price is missing', () => {
    expect(cells({ decision: 'keep', evidence: { paretoFront } })).toEqual([
      'yes',
      'yes',
      'no: right',
      'price unknown',
      '',
    ])
  })

  test('is empty where fewer than two models can be placed, and where the run says nothing', () => {
    const nothing = ['', '', '', '', '']
    expect(cells({ decision: 'keep', evidence: { paretoFront: paretoFront.slice(3) } })).toEqual(nothing)
    expect(cells({ decision: 'invalid_run', evidence: { paretoFront } })).toEqual(nothing)
    expect(cells({ decision: 'keep' })).toEqual(nothing)
  })
})
