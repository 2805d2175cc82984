import type { Occurrence } from './find-terms.ts'

const longestQuote = 160
const wordsAround = 6

/** The words of the original that show a term: its sentence, or what stands around it in a long one. */
export function quoteOf({ reading, sentence, from, to }: Occurrence): string {
  const whole = reading.original.slice(sentence.start, sentence.end).trim()
  if (whole.length <= longestQuote) return whole
  const first = sentence.words[Math.max(0, from - wordsAround)]
  const last = sentence.words[Math.min(sentence.words.length, to + wordsAround) - 1]
  return reading.original.slice(first?.start ?? sentence.start, last?.end ?? sentence.end)
}
