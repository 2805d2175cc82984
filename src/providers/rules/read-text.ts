import { matchPhrases, type PhraseIndex } from './phrases.ts'
import { plainText } from './plain-text.ts'
import { type Word, wordsOf } from './words.ts'

/** A line of at most so many words that begins with a section's phrase is taken for its heading. */
const longestHeading = 6

/** A longer sentence is cut, so that what is looked for around a word costs the same in a text of any length. */
const longestSentence = 100

export interface Sentence {
  /** Place in the original text; the end is after the last character. */
  start: number
  end: number
  words: Word[]
  /** Name of the section whose heading was the last before it. */
  section: string | undefined
}

/** A text of the input, cut into sentences with their words. */
export interface Reading {
  original: string
  /** The original without markup; every character has the same place. */
  plain: string
  sentences: Sentence[]
}

/**
 * Cuts a text into sentences. A line break always ends one.
 * @param headings the phrases that begin the heading of a section
 */
export function readText(original: string, headings: PhraseIndex<string>): Reading {
  const plain = plainText(original)
  const sentences: Sentence[] = []
  let section: string | undefined
  for (const line of plain.matchAll(/[^\n]+/g)) {
    const inLine = sentencesOf(line[0], line.index)
    section = headedSection(inLine[0], { headings, plain, words: wordCount(inLine) }) ?? section
    for (const sentence of inLine) sentences.push({ ...sentence, section })
  }
  return { original, plain, sentences }
}

function sentencesOf(line: string, offset: number): Omit<Sentence, 'section'>[] {
  // A full stop inside a figure or a name ("3.180", "Node.js") has no blank behind it.
  return Array.from(line.matchAll(/(?:[^.!?]|[.!?](?!\s))+[.!?]*/g)).flatMap((match) => {
    const start = offset + match.index
    return pieces({ start, end: start + match[0].length, words: wordsOf(match[0], start) })
  })
}

function pieces(sentence: Omit<Sentence, 'section'>): Omit<Sentence, 'section'>[] {
  const cut: Omit<Sentence, 'section'>[] = []
  let { start } = sentence
  for (let at = 0; at === 0 || at < sentence.words.length; at += longestSentence) {
    const end = sentence.words[at + longestSentence]?.start ?? sentence.end
    cut.push({ start, end, words: sentence.words.slice(at, at + longestSentence) })
    start = end
  }
  return cut
}

function wordCount(sentences: readonly { words: readonly Word[] }[]): number {
  return sentences.reduce((total, { words }) => total + words.length, 0)
}

function headedSection(
  first: Omit<Sentence, 'section'> | undefined,
  line: { headings: PhraseIndex<string>; plain: string; words: number },
): string | undefined {
  if (first === undefined) return undefined
  const heading = matchPhrases(line.headings, first.words.slice(0, longestHeading)).find(({ from }) => from === 0)
  if (heading === undefined) return undefined
  const end = first.words[heading.to - 1]?.end ?? first.end
  const isFollowedByColon = /^\W{0,3}:/.test(line.plain.slice(end, end + 4))
  return line.words <= longestHeading || isFollowedByColon ? heading.meaning : undefined
}
