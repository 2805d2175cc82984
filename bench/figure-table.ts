import { textTable } from '../src/commands/text-table.ts'
import { type Figure, keepsLimit } from './figure.ts'

/** A row a figure: measured, limit, what the peer needs, and whether the limit is kept. */
export function figureTable(figures: readonly Figure[]): string {
  return textTable(
    [
      { title: '' },
      { title: 'where' },
      { title: 'measured', align: 'right' },
      { title: '' },
      { title: 'limit', align: 'right' },
      { title: 'peer', align: 'right' },
      { title: '' },
    ],
    figures.map((figure) => {
      const { what, where, unit, measured, limit, peer } = figure
      const bound = 'atMost' in limit ? `≤ ${shown(limit.atMost)}` : `≥ ${shown(limit.atLeast)}`
      const verdict = keepsLimit(figure) ? 'PASS' : 'MISS'
      return [what, where, shown(measured), unit, bound, peer === undefined ? '' : shown(peer), verdict]
    }),
  )
}

function shown(value: number): string {
  return value < 20 ? String(Number(value.toFixed(2))) : value.toFixed(0)
}
