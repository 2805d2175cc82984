import type { TargetPoint } from '../../tasks/target-values.ts'
import { holdsPhrase, wordsOf } from '../word-sequence.ts'

/**
 * F1 of two lists of points: 2 · pairs ÷ (points of the first + points of the second). Two points are the same when a
 * phrasing of one stands in, or is, a phrasing of the other. Each point is paired once, so that as many pairs as possible
 * come about. No points on both sides is 1.
 */
export function pointsAgreement(first: readonly TargetPoint[], second: readonly TargetPoint[]): number {
  if (first.length + second.length === 0) return 1
  const other = second.map(phrasesOf)
  const partners = first.map(phrasesOf).map((phrases) => {
    return [...other.keys()].filter((index) => isSamePoint(phrases, other[index] ?? []))
  })
  return (2 * mostPairs(partners)) / (first.length + second.length)
}

function phrasesOf({ phrasings }: TargetPoint): string[][] {
  return phrasings.map(wordsOf)
}

function isSamePoint(first: readonly string[][], second: readonly string[][]): boolean {
  return first.some((one) => second.some((other) => holdsPhrase(one, other) || holdsPhrase(other, one)))
}

/**
 * Size of a largest matching, by augmenting paths (Kuhn 1955).
 * @param partners which of the second list each of the first could be paired with
 */
function mostPairs(partners: readonly (readonly number[])[]): number {
  const taken = new Map<number, number>()
  const place = (own: number, tried: Set<number>): boolean =>
    (partners[own] ?? []).some((partner) => {
      if (tried.has(partner)) return false
      tried.add(partner)
      const holder = taken.get(partner)
      if (holder !== undefined && !place(holder, tried)) return false
      taken.set(partner, own)
      return true
    })
  return partners.filter((_, own) => place(own, new Set())).length
}
