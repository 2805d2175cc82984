import { textTable } from '../../src/commands/text-table.ts'
import type { MeasuredCheck } from './measure-check.ts'

/** The acceptance table for people. */
export function acceptanceTable(checks: readonly MeasuredCheck[]): string {
  return textTable(
    [
      { title: 'check' },
      { title: 'runs', align: 'right' },
      { title: 'measured', align: 'right' },
      { title: 'limit', align: 'right' },
      { title: 'specification', align: 'right' },
      { title: 'naive rule', align: 'right' },
      { title: '' },
    ],
    checks.map((check) => [
      check.check,
      String(check.runs),
      figure(check.measured, check.unit),
      `${'atMost' in check.accept ? '≤' : '≥'} ${figure(check.bound, check.unit)}`,
      check.specified,
      check.naiveMeasured === null ? '' : figure(check.naiveMeasured, 'share'),
      check.passed ? 'PASS' : 'FAIL',
    ]),
  )
}

function figure(value: number | null, unit: MeasuredCheck['unit']): string {
  if (value === null) return 'none'
  return unit === 'share' ? `${(100 * value).toFixed(1)} %` : value.toFixed(unit === 'requests' ? 0 : 1)
}
