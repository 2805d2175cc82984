import { InvalidArgumentError } from 'commander'

/** A whole number of at least `least`, as the value of an option. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`expected a whole number of at least ${least}, got "${text}".`)
  }
}

/** Names separated by commas: `a,b`. */
export function names(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.every((part) => part !== '')) return [...new Set(parts)]
  throw new InvalidArgumentError(`expected names separated by commas, got "${text}".`)
}

/** Tiers separated by commas: `1,2,3`. */
export function tiers(text: string): number[] {
  return names(text).map(wholeNumber(1))
}

/** The folder of a tier's task: `tier1` for 1, or its name. */
export function tierFolder(text: string): string {
  if (/^\d+$/.test(text)) return `tier${text}`
  if (/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/.test(text)) return text
  throw new InvalidArgumentError(`expected the number or the folder of a tier, got "${text}".`)
}
