import type { AssignmentChange } from '../database/assignment-queries.ts'

/** Since when, and after how long a rest, a model holds a seat. */
export interface Tenure {
  /** ISO 8601; null: it does not hold the seat. */
  heldSince: string | null
  /** Whole weeks; null: the seat never changed hands. */
  weeksSinceSwitch: number | null
}

const dayMs = 86_400_000

/**
 * How a model came to its seat.
 * @param changes of the tier, the newest first
 */
export function tenureOf(changes: readonly AssignmentChange[], incumbent: string | undefined, now: Date): Tenure {
  const reign = changes.findIndex(({ model }) => model !== incumbent)
  const own = reign === -1 ? changes : changes.slice(0, reign)
  const taken = own.at(-1)
  if (incumbent === undefined || taken === undefined) return { heldSince: null, weeksSinceSwitch: null }
  const heldSince = taken.assignedAt.toISOString()
  // The configuration of a seat that nobody was tested for is no switch, and neither is filling a vacant one.
  if (taken.previousModel === undefined || taken.assignedBy === 'system') return { heldSince, weeksSinceSwitch: null }
  return { heldSince, weeksSinceSwitch: weeksBetween(taken.assignedAt, now) }
}

/** A seat that was taken at the end of one Sunday's run is a week old at the beginning of the next: a day is overlooked. */
function weeksBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime() + dayMs) / (7 * dayMs)))
}
