import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceChart, differenceFinding, differenceRange } from '../../../src/reporting/charts/difference-chart.ts'
import { differenceRows, incumbent } from './chart-examples.ts'
import { collisions, markBoxes, outside, textBoxes } from './svg-geometry.ts'

const measure = 'total points'

describe('the chart of differences to the incumbent', () => {
  test('says on which side of the line each interval lies', () => {
    const [better, , neither, worse] = differenceRows(8)
    const rows = [better, neither, worse].filter((row) => row !== undefined)
    const finding = differenceFinding({ measure, incumbent, rows })
    expect(finding).toContain('gemini-2.0-flash-lite-001 is 4.6 to 9.6 points better than gemini-2.0-flash-001')
    expect(finding).toContain('gemini-1.5-pro is not measurably different (−2.4 to +3.6)')
  })

  test('shows an estimate without an interval as hollow, and nothing for what was not measured', () => {
    const [row] = differenceRows(1)
    if (row === undefined) throw new Error('no row')
    const of = (change: object) => differenceChart({ measure, incumbent, rows: [{ ...row, ...change }] })?.svg ?? ''
    expect(of({})).toContain('fill="var(--challenger)" stroke="var(--surface)"')
    expect(of({ interval: null })).toContain('fill="var(--surface)" stroke="var(--challenger)"')
    expect(of({ interval: null })).toContain('too few samples')
    expect(of({ difference: null, interval: null })).not.toContain('<circle')
    expect(of({ difference: null, interval: null })).toContain('not measured')
  })

  test('draws simulated models violet, never blue', () => {
    const rows = differenceRows(2).map((row) => ({ ...row, isSimulated: true }))
    const chart = differenceChart({ measure, incumbent, rows })
    expect(chart?.svg).toContain('var(--sim)')
    expect(chart?.svg).not.toContain('var(--challenger)')
    expect(chart?.table.rows[0]?.[0]).toContain('(simulated)')
  })

  test('has a range of 12, 24 or 48 points, with room for every difference, and ends what is cut in an arrow', () => {
    expect([0, 10, 11, 21, 22, 90].map((difference) => differenceRange([{ difference }]))).toEqual([
      12, 12, 24, 24, 48, 48,
    ])
    const [row] = differenceRows(1)
    if (row === undefined) throw new Error('no row')
    const outlier = differenceChart({ measure, incumbent, rows: [{ ...row, difference: -90, interval: [-99, -81] }] })
    expect(outlier?.svg).toContain('<polygon')
    expect(outlier?.svg).not.toContain('<circle')
    expect(outlier?.table.rows[0]).toContain('−90.0')
  })

  test('keeps all marks in the frame and all words apart, whatever the differences', () => {
    const row = fc.record({
      model: fc.string({ minLength: 1, maxLength: 70 }),
      note: fc.constantFrom('100 × 3', 'dropped after 60 × 1'),
      isLeader: fc.boolean(),
      isSimulated: fc.boolean(),
      difference: fc.double({ min: -100, max: 100, noNaN: true }),
      half: fc.option(fc.double({ min: 0, max: 60, noNaN: true })),
    })
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: ({ model }) => model })
    fc.assert(
      fc.property(rows, fc.constantFrom('wide', 'phone', 'email', 'slack'), (drawn, layout) => {
        const chart = differenceChart(
          {
            measure,
            incumbent,
            rows: drawn.map(({ half, ...each }) => ({
              ...each,
              interval: half === null ? null : [each.difference - half, each.difference + half],
            })),
          },
          layout,
        )
        if (chart === undefined) throw new Error('no chart')
        const words = textBoxes(chart.svg)
        expect(outside([...words, ...markBoxes(chart.svg)], chart.size)).toEqual([])
        expect(collisions(words)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('writes names as text, whatever they hold', () => {
    const rows = differenceRows(1).map((row) => ({ ...row, model: '<script>"&\'' }))
    const chart = differenceChart({ measure, incumbent, rows })
    expect(chart?.svg).not.toContain('<script')
    expect(chart?.svg).toContain('&lt;script&gt;')
  })
})
