import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { Comparison } from './recommendation.ts'

/**
 * How a look at a pair ended; a challenger that racing dropped counts as `drop`. `rolled_back`: one of the two had to give
 * the seat back to the other.
 */
export type LookVerdict = Comparison['state'] | 'rolled_back'

export type ChallengerLock =
  | { status: 'open' }
  | { status: 'locked'; reason: 'dropped_twice' | 'looks_used_up' | 'rolled_back' }

const dropsThatLock = 2

/**
 * Whether a challenger is not passed to `recommend` any more until a part of its epoch changes (decisions.md section 0,
 * decisions 6 and 7): it was dropped twice in a row at any time, was rolled back, or has had all its looks.
 * @param verdicts of all looks at the pair in this epoch, in whichever role the two were, oldest first
 */
export function challengerLock(
  verdicts: readonly LookVerdict[],
  { maxLooks }: Pick<DecisionSettings, 'maxLooks'>,
): ChallengerLock {
  if (verdicts.includes('rolled_back')) return { status: 'locked', reason: 'rolled_back' }
  let dropsInARow = 0
  for (const verdict of verdicts) {
    dropsInARow = verdict === 'drop' ? dropsInARow + 1 : 0
    if (dropsInARow === dropsThatLock) return { status: 'locked', reason: 'dropped_twice' }
  }
  return verdicts.length >= maxLooks ? { status: 'locked', reason: 'looks_used_up' } : { status: 'open' }
}
