import type { JsonValue } from '../shared/json.ts'
import type { ScorerName, ScorerOptions } from '../tasks/scorer-options.ts'

/**
 * Compares one value of an answer with the target's. Both are present: what is absent is settled before. The target was
 * checked when it was read; of the answer nothing is known, and a value of the wrong type scores 0.
 * @returns 0 to 1
 */
export type Scorer<Name extends ScorerName> = (
  target: JsonValue,
  answer: JsonValue,
  options: ScorerOptions[Name],
) => number
