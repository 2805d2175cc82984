import { mathematics } from './mathematics.ts'

/** Arithmetic mean; undefined for no values. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : mathematics.mean(values as number[])
}
