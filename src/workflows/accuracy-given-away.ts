import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { AssignmentChange } from '../database/assignment-queries.ts'
import { nonInferiorityMargin } from '../recommendation/non-inferiority-margin.ts'
import { rollbackKind } from './rollout/carry-effects.ts'

/** What switches by themselves have done to the accuracy of a tier since a person last approved it. */
export interface Creep {
  /** Accuracy points, above 0. */
  givenAway: number
  /** When a person, or the configuration, last chose the model; ISO 8601, null: never. */
  since: string | null
  /** Accuracy points that a switch may still give away, and that it might otherwise. */
  margin: number
  usual: number
}

const leastMargin = 1

/**
 * The accuracy that switches have given away since a person last approved it (decisions.md section 6.5): the sum of the
 * differences on which they rested, less those that were rolled back. Undefined where nothing was given away.
 * @param changes of the tier, the newest first
 * @param differenceOf accuracy difference on which a switch rested, in points; undefined where it is not known
 */
export function creepOf(
  changes: readonly AssignmentChange[],
  differenceOf: (change: AssignmentChange) => number | undefined,
  settings: DecisionSettings,
  clusters: number,
): Creep | undefined {
  const automatic = changesSinceApproval(changes)
  const since = changes[automatic.length]
  const differences: number[] = []
  for (const change of automatic.toReversed()) {
    if (change.evidence?.kind === rollbackKind) differences.pop()
    else if (change.previousModel !== undefined) differences.push(differenceOf(change) ?? 0)
  }
  const givenAway = -differences.reduce((sum, difference) => sum + difference, 0)
  if (givenAway <= settings.tieTol) return undefined
  const usual = nonInferiorityMargin(settings, clusters)
  const margin = Math.min(usual, Math.max(leastMargin, usual - givenAway))
  return { givenAway, since: since?.assignedAt.toISOString() ?? null, margin, usual }
}

/** Those that were made by themselves since a person, or the configuration, last chose the model. Newest first, both. */
export function changesSinceApproval(changes: readonly AssignmentChange[]): readonly AssignmentChange[] {
  const approval = changes.findIndex(({ assignedBy }) => assignedBy !== 'auto')
  return approval === -1 ? changes : changes.slice(0, approval)
}
