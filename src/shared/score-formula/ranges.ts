/** All values that a part of a formula can take lie between these, which are finite. */
export interface Range {
  low: number
  high: number
}

/** The reason why an operation has no finite value somewhere in its ranges, or the range of its values. */
export type Ranged = Range | string

const needsPositive = 'a value above 0'

/** Operators and functions of numbers, as ranges (interval arithmetic): wide where a term stands twice, never too narrow. */
export const rangeOperations: Readonly<Record<string, (...ranges: [Range, ...Range[]]) => Ranged>> = {
  unaryMinus: ({ low, high }) => ({ low: -high, high: -low }),
  unaryPlus: (range) => range,
  add: (a, b = a) => ({ low: a.low + b.low, high: a.high + b.high }),
  subtract: (a, b = a) => ({ low: a.low - b.high, high: a.high - b.low }),
  multiply: (a, b = a) => corners(a, b, (x, y) => x * y),
  divide: (a, b = a) =>
    b.low <= 0 && b.high >= 0 ? `a divisor that is never 0, ${got(b)}` : corners(a, b, (x, y) => x / y),
  pow: power,
  abs: ({ low, high }) => ({
    low: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
    high: Math.max(Math.abs(low), Math.abs(high)),
  }),
  exp: ({ low, high }) => ({ low: Math.exp(low), high: Math.exp(high) }),
  log: (range) => logarithm(range, Math.log),
  log10: (range) => logarithm(range, Math.log10),
  sqrt: (range) =>
    range.low < 0 ? `a value of at least 0, ${got(range)}` : { low: Math.sqrt(range.low), high: Math.sqrt(range.high) },
  max: (...ranges) => ({
    low: Math.max(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  }),
  min: (...ranges) => ({
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.min(...ranges.map(({ high }) => high)),
  }),
}

/** A choice between two values. */
export function unionOf(one: Range, other: Range): Range {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) }
}

function corners(a: Range, b: Range, operation: (x: number, y: number) => number): Range {
  const values = [a.low, a.high].flatMap((x) => [operation(x, b.low), operation(x, b.high)])
  return { low: Math.min(...values), high: Math.max(...values) }
}

/** A negative base has a real power only where the exponent is a whole number, and 0 none where it is negative. */
function power(base: Range, exponent: Range = base): Ranged {
  if (base.low > 0 || (base.low === 0 && exponent.low >= 0)) return corners(base, exponent, (x, y) => x ** y)
  const isWhole = exponent.low === exponent.high && Number.isInteger(exponent.low) && exponent.low >= 0
  if (!isWhole) return `a base above 0 or a whole exponent of at least 0, ${got(base)} as the base`
  const ends = corners(base, exponent, (x, y) => x ** y)
  return exponent.low % 2 === 0 && exponent.low > 0 && base.high >= 0 ? { low: 0, high: ends.high } : ends
}

function logarithm(range: Range, operation: (x: number) => number): Ranged {
  return range.low <= 0 ? `${needsPositive}, ${got(range)}` : { low: operation(range.low), high: operation(range.high) }
}

function got({ low, high }: Range): string {
  return `got one from ${Number(low.toPrecision(6))} to ${Number(high.toPrecision(6))}`
}
