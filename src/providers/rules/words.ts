/** A word of a text and where it stands. */
export interface Word {
  /** Lower case, without accents and apostrophes. */
  word: string
  /** As it is written. */
  written: string
  start: number
  end: number
}

/**
 * The words of a text. `C++` and `C#` are words, `don't` is one, `Node.js` and `on-call` are two.
 * @param offset place of the text in the whole, added to every position
 */
export function wordsOf(text: string, offset = 0): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+)*[+#]*/gu), (match) => ({
    word: normalWord(match[0]),
    written: match[0],
    start: offset + match.index,
    end: offset + match.index + match[0].length,
  }))
}

/** Lower case, without accents and apostrophes. */
export function normalWord(written: string): string {
  return written
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
}
