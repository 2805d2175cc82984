import { capitalized } from '../../shared/capitalized.ts'

/** A verdict where the page says already which tier it is about; the name of a model stays as it is. */
export function withoutTier(sentence: string): string {
  const words = sentence.replace(/^Tier \d+ \([^)]*\): /, '')
  const [first = ''] = words.split(' ')
  return /^[a-z]+$/.test(first) ? capitalized(words) : words
}
