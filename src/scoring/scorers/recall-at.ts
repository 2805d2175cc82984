import { itemNames } from '../item-names.ts'
import type { Scorer } from '../scorer.ts'

/**
 * Share of the target's n items that stand among the first k different items of the answer: hits ÷ min(n, k), with k as
 * set or ⌈n · `factor`⌉. Order within the first k does not count and duplicates count once, but what comes after k does
 * not count at all, so that naming everything does not pay. [] against [] is 1; [] against anything else is 0, and so is
 * an answer that is no list.
 */
export const recallAt: Scorer<'recall-at'> = (target, answer, { k, factor, aliases }) => {
  if (!Array.isArray(target) || !Array.isArray(answer)) return 0
  const expected = itemNames(target, aliases)
  const given = itemNames(answer, aliases)
  if (expected.length === 0) return given.length === 0 ? 1 : 0
  // 10 · 1.1 is 11.000000000000002 in floating point and means 11.
  const considered = k ?? Math.ceil(expected.length * factor - 1e-9)
  const named = new Set(given.slice(0, considered))
  return expected.filter((item) => named.has(item)).length / Math.min(expected.length, considered)
}
