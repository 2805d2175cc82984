import type { Scorer } from '../scorer.ts'
import { wordsOf } from '../word-sequence.ts'

/**
 * F1 of the words of two texts: 2 · common ÷ (words of the target + words of the answer), where a word that stands twice
 * counts twice. Order, case, punctuation, accents and plurals do not count. Two texts without words are alike (1). It
 * measures shared words and no meaning: prefer `points-covered` where you can say what must be in the answer.
 */
export const textSimilarity: Scorer<'text-similarity'> = (target, answer) => {
  if (typeof target !== 'string' || typeof answer !== 'string') return 0
  const expected = wordsOf(target)
  const given = wordsOf(answer)
  if (expected.length + given.length === 0) return 1
  return (2 * commonCount(expected, given)) / (expected.length + given.length)
}

function commonCount(expected: readonly string[], given: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1)
  let common = 0
  for (const word of given) {
    const count = left.get(word) ?? 0
    if (count > 0) common += 1
    left.set(word, count - 1)
  }
  return common
}
