/** A verdict where the page says already which tier it is about; the name of a model stays as it is. */
export function withoutTier(sentence: string): string {
  const words = sentence.replace(/^Tier \d+ \([^)]*\): /, '')
  const [first = ''] = words.split(' ')
  return /^[a-z]+$/.test(first) ? words.charAt(0).toUpperCase() + words.slice(1) : words
}
