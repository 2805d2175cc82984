/** The range of an axis and where its labels stand. */
export interface AxisTicks {
  min: number
  max: number
  ticks: number[]
}

/** Steps of whole units rather than halves: 84, 88, 92, but 25, 50, 75. */
function roundSteps(size: number): number[] {
  return (size === 1 ? [1, 2, 4, 5, 10, 20] : [1, 2, 2.5, 5, 10, 20]).map((round) => round * size)
}

/**
 * Three to five round ticks that hold all values, for scores and amounts.
 * @param limits the axis does not go beyond them (0 to 100 for scores)
 * @param leastSpan so that noise does not fill the frame
 */
export function roundTicks(
  values: readonly number[],
  { limits = [-Infinity, Infinity], leastSpan = 0 }: { limits?: readonly [number, number]; leastSpan?: number } = {},
): AxisTicks {
  const [low, high] = widened(Math.min(...values), Math.max(...values), leastSpan, limits)
  const size = 10 ** Math.floor(Math.log10((high - low) / 4))
  for (const step of roundSteps(size)) {
    const first = Math.floor(low / step + 1e-9)
    const last = Math.ceil(high / step - 1e-9)
    if (last - first <= 4) return ticksFrom(first, last, step)
  }
  return ticksFrom(Math.floor(low / (50 * size)), Math.ceil(high / (50 * size)), 50 * size)
}

function widened(low: number, high: number, leastSpan: number, [least, most]: readonly [number, number]) {
  const span = Math.max(leastSpan, high - low, Math.abs(high) * 1e-6, 1e-9)
  const missing = (span - (high - low)) / 2
  const start = Math.max(least, Math.min(low - missing, most - span))
  return [start, Math.min(most, Math.max(high, start + span))] as const
}

function ticksFrom(first: number, last: number, step: number): AxisTicks {
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step))
  return { min: clean(first * step), max: clean(last * step), ticks }
}

/** Without the dust of binary fractions. */
function clean(value: number): number {
  return Number(value.toPrecision(12))
}

/**
 * Powers of ten with 2 and 5 between them, at most five; all values above 0. Range and ticks are log10.
 * @param padShare room at each end, as a share of the range
 */
export function logTicks(values: readonly number[], padShare = 0.08): AxisTicks {
  const low = Math.log10(Math.min(...values))
  const high = Math.log10(Math.max(...values))
  const pad = Math.max(0.08, (high - low) * padShare)
  const [min, max] = [low - pad, high + pad]
  const within = (mantissas: readonly number[]) =>
    decades(min, max)
      .flatMap((decade) => mantissas.map((mantissa) => Math.log10(mantissa) + decade))
      .filter((tick) => tick >= min && tick <= max)
  const choices = [[1, 2, 5], [1, 3], [1], [1, 2, 3, 5]].map(within).filter(({ length }) => length <= 5)
  const most = choices.toSorted((one, other) => other.length - one.length)[0] ?? []
  if (most.length >= 2) return { min, max, ticks: most }
  const fine = thinned(within(max - min > 3 ? [1] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]))
  return { min, max, ticks: fine.length === 0 ? [low] : fine }
}

function decades(min: number, max: number): number[] {
  const first = Math.floor(min)
  return Array.from({ length: Math.ceil(max) - first + 1 }, (_, index) => first + index)
}

function thinned(ticks: number[]): number[] {
  const every = Math.ceil(ticks.length / 5)
  return ticks.filter((_, index) => index % every === 0)
}

/** Whether values differ so much that only a log axis shows them all. */
export function needsLogAxis(values: readonly number[]): boolean {
  return values.length > 1 && values.every((value) => value > 0) && Math.max(...values) / Math.min(...values) > 10
}
