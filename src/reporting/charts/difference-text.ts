import { signed, signedInterval } from '../../shared/format-number.ts'
import type { DifferenceRow } from './difference-chart.ts'

export function valueText({ difference }: DifferenceRow): string {
  return difference === null ? 'not measured' : signed(difference)
}

/** It stands below the value or beside it, and so needs no brackets. */
export function intervalText({ difference, interval }: DifferenceRow): string {
  if (interval !== null) return signedInterval(interval).slice(1, -1)
  return difference === null ? '' : 'too few samples'
}

/** Both in one line. */
export function narrowValueText(row: DifferenceRow): string {
  return row.interval === null ? valueText(row) : `${valueText(row)} ${signedInterval(row.interval)}`
}
