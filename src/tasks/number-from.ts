const numeric = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/

/**
 * The number that a value is: a finite number itself, or text such as "120000", "120,000" or "-1.5". Text with anything
 * else in it ("$120k", "about 5") is none: what it means would be a guess.
 */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !numeric.test(value.trim())) return undefined
  return Number(value.trim().replaceAll(',', ''))
}
