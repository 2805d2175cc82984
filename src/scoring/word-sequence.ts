/**
 * The words of a text for comparing phrasings: without case, accents, punctuation and the difference of singular and
 * plural. That difference is taken away by a plain rule, the same on both sides, which need not give English words
 * (parties and party → parti, courses and course → cours).
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '')
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(singular)
}

/** Whether the words of a phrase stand in a text one after the other. */
export function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  // Blanks at both ends make a phrase match whole words only.
  return phrase.length > 0 && ` ${words.join(' ')} `.includes(` ${phrase.join(' ')} `)
}

function singular(word: string): string {
  const one = word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word
  if (one.length < 4) return one
  return one.replace(/(?:ie|(?<![aeiou])y)$/, 'i').replace(/(?<=s|x|z|ch|sh)e$/, '')
}
