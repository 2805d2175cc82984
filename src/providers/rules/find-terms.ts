import {
  compilePhrase,
  indexPhrases,
  matchPhrases,
  type Phrase,
  type PhraseIndex,
  type PhraseMatch,
} from './phrases.ts'
import type { Reading, Sentence } from './read-text.ts'
import type { Denial, Terms } from './rules-schema.ts'

/** Words of the longest denying phrase that is looked for beside a match. */
const longestDenial = 6

/** One place where a term stands. */
export interface Occurrence {
  term: string
  reading: Reading
  sentence: Sentence
  /** Its words are `sentence.words.slice(from, to)`. */
  from: number
  to: number
}

/** Gives every place where one of its terms stands in the readings, in the order of the text. */
export type TermFinder = (readings: readonly Reading[]) => Occurrence[]

/**
 * Compiles the phrases of terms once for all texts.
 * @param match whether a term's name, its phrases or both stand for it
 * @param denied phrases beside a match that take it back
 */
export function compileTermFinder(terms: Terms, match: 'names' | 'phrases' | 'both', denied?: Denial): TermFinder {
  const index = indexPhrases(Object.entries(terms).flatMap(([name, phrases]) => termPhrases(name, phrases, match)))
  const isDenied = denied === undefined ? () => false : compileDenial(denied)
  return (readings) =>
    readings.flatMap((reading) =>
      reading.sentences.flatMap((sentence) =>
        matchPhrases(index, sentence.words)
          .filter((place) => !isDenied(sentence, place))
          .map(({ meaning: term, from, to }) => ({ term, reading, sentence, from, to })),
      ),
    )
}

/** Phrases that all mean the same. */
export function phraseIndex(phrases: readonly string[]): PhraseIndex<string> {
  return indexPhrases(compiled(phrases, ''))
}

/** Phrases of several terms; each means the name of its term. */
export function termIndex(terms: Terms): PhraseIndex<string> {
  return indexPhrases(Object.entries(terms).flatMap(([name, phrases]) => compiled(phrases, name)))
}

function termPhrases(name: string, phrases: readonly string[], match: 'names' | 'phrases' | 'both'): Phrase<string>[] {
  return [...(match === 'phrases' ? [] : compiled([name], name)), ...(match === 'names' ? [] : compiled(phrases, name))]
}

function compiled<Meaning>(phrases: readonly string[], meaning: Meaning): Phrase<Meaning>[] {
  return phrases.map((text) => compilePhrase(text, meaning)).filter((phrase) => phrase !== undefined)
}

function compileDenial({ before, after, words }: Denial): (sentence: Sentence, place: PhraseMatch<string>) => boolean {
  const [indexBefore, indexAfter] = [phraseIndex(before), phraseIndex(after)]
  return (sentence, { from, to }) => {
    const ahead = sentence.words.slice(Math.max(0, from - words - longestDenial), from)
    const behind = sentence.words.slice(to, to + words + longestDenial)
    return (
      matchPhrases(indexBefore, ahead).some((denial) => ahead.length - denial.to <= words) ||
      matchPhrases(indexAfter, behind).some((denial) => denial.from <= words)
    )
  }
}
