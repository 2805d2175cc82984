import { compileTermFinder, type Occurrence } from './find-terms.ts'
import type { InputReader } from './read-input.ts'
import type { Finding, Terms } from './rules-schema.ts'

/** A term that the input holds. */
export interface NamedTerm {
  term: string
  hits: number
  first: Occurrence
  isPreferred: boolean
}

/** Gives the terms that a rule finds in an input, each once, in the rule's order. */
export type TermNamer = (input: InputReader) => NamedTerm[]

/** @param terms what the rule's `from` names; `fields` are read where the rule names none */
export function compileTermNamer(finding: Finding, terms: Terms, fields: readonly string[]): TermNamer {
  const find = compileTermFinder(terms, finding.match, finding.denied)
  const findElsewhere = compileTermFinder(terms, finding.match)
  const listed = new Map(Object.keys(terms).map((term, place) => [term, place]))
  const skipped = new Set(finding.skipSections)
  return (input) => {
    const occurrences = find(input(finding.read ?? fields)).filter(
      ({ sentence }) => sentence.section === undefined || !skipped.has(sentence.section),
    )
    const termsOf = (others: readonly string[]) => new Set(findElsewhere(input(others)).map(({ term }) => term))
    const alsoIn = finding.alsoIn === undefined ? undefined : termsOf(finding.alsoIn)
    const notIn = finding.notIn === undefined ? undefined : termsOf(finding.notIn)
    return grouped(occurrences, new Set(finding.preferSections))
      .filter(({ term }) => alsoIn?.has(term) !== false && notIn?.has(term) !== true)
      .sort(inOrder(finding.order, listed))
  }
}

function grouped(occurrences: readonly Occurrence[], preferred: ReadonlySet<string>): NamedTerm[] {
  const named = new Map<string, NamedTerm>()
  for (const first of occurrences) {
    const { term, sentence } = first
    const isPreferred = sentence.section !== undefined && preferred.has(sentence.section)
    const known = named.get(term)
    if (known === undefined) named.set(term, { term, hits: 1, first, isPreferred })
    else named.set(term, { ...known, hits: known.hits + 1, isPreferred: known.isPreferred || isPreferred })
  }
  return [...named.values()]
}

/** Terms of preferred sections first; the sort is stable, so that what is equal stays in the order of the text. */
function inOrder(order: Finding['order'], listed: ReadonlyMap<string, number>) {
  return (a: NamedTerm, b: NamedTerm): number => {
    if (a.isPreferred !== b.isPreferred) return a.isPreferred ? -1 : 1
    if (order === 'hits') return b.hits - a.hits
    return order === 'listed' ? (listed.get(a.term) ?? 0) - (listed.get(b.term) ?? 0) : 0
  }
}
