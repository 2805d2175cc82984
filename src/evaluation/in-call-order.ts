/** Sums differ in their last digit with the order of what is added, and a verdict is to be the same again. */
export function inCallOrder<Call extends { model: string; sampleKey: string; repeat: number }>(
  calls: readonly Call[],
): Call[] {
  return calls.toSorted(
    (one, other) =>
      ascending(one.model, other.model) || ascending(one.sampleKey, other.sampleKey) || one.repeat - other.repeat,
  )
}

/** By code point, whatever the language of the machine or of the database is. */
function ascending(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
