import { describe, expect, test } from 'vitest'
import { differenceChart } from '../../../src/reporting/charts/difference-chart.ts'
import { toPng, withLightColours } from '../../../src/reporting/charts/to-png.ts'
import { differenceRows, incumbent } from './chart-examples.ts'

const svg =
  differenceChart({ measure: 'total points', incumbent, rows: differenceRows(3), title: 'Tier 1 keeps.' }, 'slack')
    ?.svg ?? ''

describe('the picture of a chart', () => {
  test('is twice as large as the chart: 1600 × 900 for Slack', async () => {
    const png = await toPng(svg)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 900])
  })

  test('shows its words, with a font that comes along', async () => {
    const withWords = await toPng(svg)
    const without = await toPng(svg.replace(/<text[\s\S]*?<\/text>/g, ''))
    expect(withWords.length).toBeGreaterThan(2 * without.length)
  })

  test('has light colours in place of variables', () => {
    expect(withLightColours(svg)).not.toContain('var(')
    expect(withLightColours('<path fill="var(--ink)"/>')).toBe('<path fill="#1B1D1F"/>')
  })
})
