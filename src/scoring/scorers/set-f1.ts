import { itemNames } from '../item-names.ts'
import type { Scorer } from '../scorer.ts'

/**
 * F1 of two sets: 2 · common ÷ (items of the target + items of the answer). Order and duplicates do not count; what is too
 * much costs as what is missing. [] against [] is 1, [] against anything else 0, and so is an answer that is no list.
 */
export const setF1: Scorer<'set-f1'> = (target, answer, { aliases }) => {
  if (!Array.isArray(target) || !Array.isArray(answer)) return 0
  const expected = itemNames(target, aliases)
  const given = itemNames(answer, aliases)
  if (expected.length + given.length === 0) return 1
  const named = new Set(given)
  return (2 * expected.filter((item) => named.has(item)).length) / (expected.length + given.length)
}
