import type { ScorerName } from '../tasks/scorer-options.ts'
import type { Scorer } from './scorer.ts'
import { equal } from './scorers/equal.ts'
import { ordinal } from './scorers/ordinal.ts'
import { pointsCovered } from './scorers/points-covered.ts'
import { recallAt } from './scorers/recall-at.ts'
import { setF1 } from './scorers/set-f1.ts'
import { textSimilarity } from './scorers/text-similarity.ts'
import { within } from './scorers/within.ts'

/** Part of the epoch key: raise it whenever the same answer would get another score than before. */
export const scorerVersion = 1

/** Every scorer that a task.yaml may name. */
export const scorers: { [Name in ScorerName]: Scorer<Name> } = {
  equal,
  within,
  'recall-at': recallAt,
  'set-f1': setF1,
  ordinal,
  'points-covered': pointsCovered,
  'text-similarity': textSimilarity,
}
