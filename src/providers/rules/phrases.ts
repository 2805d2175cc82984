import { normalWord, type Word, wordsOf } from './words.ts'

/** At most so many words stand in the place of `...`. */
const longestGap = 4

type Part =
  | { kind: 'word' | 'written' | 'prefix'; text: string }
  | { kind: 'number' }
  /** `...` in a phrase. */
  | { kind: 'gap' }

export interface Phrase<Meaning> {
  parts: Part[]
  meaning: Meaning
}

/** Where a phrase stands: its words are `words.slice(from, to)`. */
export interface PhraseMatch<Meaning> {
  meaning: Meaning
  from: number
  to: number
}

/** Phrases by how they begin, so that a text is read once however many there are. */
export interface PhraseIndex<Meaning> {
  byFirstWord: ReadonlyMap<string, readonly Phrase<Meaning>[]>
  /** Those that do not begin with one certain word, by the first character of what they can begin with. */
  byFirstCharacter: ReadonlyMap<string, readonly Phrase<Meaning>[]>
}

/**
 * Reads a phrase: words in their order, where `reship*` is any word with this beginning, `=Go` a word in just this case,
 * `NUMBER` a number, and `...` up to four words of any kind.
 * @returns undefined when it has no word, begins or ends with `...`, or has more than two of them
 */
export function compilePhrase<Meaning>(text: string, meaning: Meaning): Phrase<Meaning> | undefined {
  const parts = text.trim().split(/\s+/).flatMap(partsOf)
  const gaps = parts.filter(({ kind }) => kind === 'gap').length
  const isBounded = parts.at(0)?.kind !== 'gap' && parts.at(-1)?.kind !== 'gap'
  return parts.length > 0 && isBounded && gaps <= 2 ? { parts, meaning } : undefined
}

export function indexPhrases<Meaning>(phrases: readonly Phrase<Meaning>[]): PhraseIndex<Meaning> {
  const byFirstWord = new Map<string, Phrase<Meaning>[]>()
  const byFirstCharacter = new Map<string, Phrase<Meaning>[]>()
  for (const phrase of phrases) {
    const first = phrase.parts[0]
    if (first?.kind === 'word') addTo(byFirstWord, first.text, phrase)
    else for (const character of firstCharacters(first)) addTo(byFirstCharacter, character, phrase)
  }
  return { byFirstWord, byFirstCharacter }
}

function firstCharacters(part: Part | undefined): string[] {
  if (part === undefined || part.kind === 'gap') return []
  return part.kind === 'number' ? '0123456789'.split('') : [normalWord(part.text).charAt(0)]
}

function addTo<Meaning>(index: Map<string, Phrase<Meaning>[]>, key: string, phrase: Phrase<Meaning>): void {
  const known = index.get(key)
  if (known === undefined) index.set(key, [phrase])
  else known.push(phrase)
}

/** Every place where a phrase of the index stands in a row of words, in the order of the words. */
export function matchPhrases<Meaning>(
  { byFirstWord, byFirstCharacter }: PhraseIndex<Meaning>,
  words: readonly Word[],
): PhraseMatch<Meaning>[] {
  const matches: PhraseMatch<Meaning>[] = []
  const match = (phrases: readonly Phrase<Meaning>[] | undefined, from: number) => {
    if (phrases === undefined) return
    for (const { parts, meaning } of phrases) {
      const to = endOfMatch(parts, words, from)
      if (to !== undefined) matches.push({ meaning, from, to })
    }
  }
  words.forEach(({ word }, from) => {
    match(byFirstWord.get(word), from)
    match(byFirstCharacter.get(word.charAt(0)), from)
  })
  return matches
}

function partsOf(piece: string): Part[] {
  if (piece === '...') return [{ kind: 'gap' }]
  if (piece === 'NUMBER') return [{ kind: 'number' }]
  const words = wordsOf(piece)
  if (piece.startsWith('=')) return words.map(({ written }) => ({ kind: 'written', text: written }))
  return words.map(({ word }, index) => ({
    kind: piece.endsWith('*') && index === words.length - 1 ? 'prefix' : 'word',
    text: word,
  }))
}

/** @param at index of the part that must stand at the word `from` */
function endOfMatch(parts: readonly Part[], words: readonly Word[], from: number, at = 0): number | undefined {
  const part = parts[at]
  if (part === undefined) return from
  if (part.kind !== 'gap') return isMatch(part, words[from]) ? endOfMatch(parts, words, from + 1, at + 1) : undefined
  for (let skipped = 0; skipped <= longestGap; skipped += 1) {
    const to = endOfMatch(parts, words, from + skipped, at + 1)
    if (to !== undefined) return to
  }
  return undefined
}

function isMatch(part: Exclude<Part, { kind: 'gap' }>, word: Word | undefined): boolean {
  if (word === undefined) return false
  switch (part.kind) {
    case 'word':
      return word.word === part.text
    case 'written':
      return word.written === part.text
    case 'prefix':
      return word.word.startsWith(part.text)
    case 'number':
      return /^\d+$/.test(word.word)
  }
}
