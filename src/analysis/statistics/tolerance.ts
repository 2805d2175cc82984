/**
 * Comparisons with a threshold, in which a value within the tolerance of it counts as exactly on it: 6 of 300 more
 * failures is 0.019999999999999997 in floating point and is 2 percentage points (decisions.md section 6.2).
 */
export function isAbove(value: number, threshold: number, tolerance: number): boolean {
  return value > threshold + tolerance
}

/** See `isAbove`. */
export function isBelow(value: number, threshold: number, tolerance: number): boolean {
  return value < threshold - tolerance
}
