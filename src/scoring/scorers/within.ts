import { numberFrom } from '../../tasks/number-from.ts'
import type { Scorer } from '../scorer.ts'

/** Decimal fractions are not exact in binary: 0.3 − 0.1 must lie within 0.2. */
const roundingError = 1e-9

/**
 * 1 when |answer − target| ≤ max(`absolute`, `tolerance` · |target|), else 0. Without either the numbers must be equal.
 * Text such as "120,000" is a number; any other text, and every other type, scores 0.
 */
export const within: Scorer<'within'> = (target, answer, { tolerance, absolute }) => {
  const expected = numberFrom(target)
  const given = numberFrom(answer)
  if (expected === undefined || given === undefined) return 0
  const allowed = Math.max(absolute, tolerance * Math.abs(expected))
  return Math.abs(given - expected) <= allowed + roundingError * Math.abs(expected) ? 1 : 0
}
