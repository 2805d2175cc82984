import { counted } from '../shared/counted.ts'
import { count, score } from '../shared/format-number.ts'
import type { Detectable } from '../workflows/detectable-differences.ts'
import { textTable } from './text-table.ts'

/** What a version can tell apart, and what that rests on. */
export function detectableText(rows: readonly Detectable[]): string {
  const difference = rows[0]?.missing?.difference
  const more = difference === undefined ? [] : [`more for ${difference} total`, `for ${difference} accuracy`]
  const columns = [
    { title: 'tier' },
    ...['samples', 'repeats', 'total', 'accuracy', ...more].map((title) => ({ title, align: 'right' as const })),
    { title: 'from' },
  ]
  return [heading, textTable(columns, rows.map(row)), ...note(rows)].join('\n')
}

const heading = 'Smallest difference in points that one look proves in 80 % of the cases (one-sided, 2.5 %):'

function row({ tasks, samples, repeats, basis, smallest, missing }: Detectable): string[] {
  return [
    tasks.join(', '),
    count(samples),
    count(repeats),
    score(smallest.total),
    score(smallest.accuracy),
    ...(missing === undefined ? [] : [count(missing.total), count(missing.accuracy)]),
    basis.kind === 'assumed' ? `assumed, ${basis.answers}` : counted(basis.comparisons, 'stored comparison'),
  ]
}

function note(rows: readonly Detectable[]): string[] {
  const isAssumed = rows.some(({ basis }) => basis.kind === 'assumed')
  return isAssumed ? ['"assumed": from simulated models, until runs of this dataset are stored.'] : []
}
