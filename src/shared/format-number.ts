/**
 * How figures are written for people, everywhere: minus is U+2212, a thin no-break space stands before a unit,
 * unknown is said and never shown as 0.
 */
const minus = '\u2212'
const thin = '\u202f'

const unknown = 'unknown'

/** One decimal, as scores and accuracies have it. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : plain(value, 1)
}

/** A score with its 95 % interval: 92.4 ± 2.1, or 99.0 (95.2 to 100.0) where that is skewed. */
export function scoreWithInterval(value: number, interval: readonly [number, number] | null): string {
  if (interval === null) return score(value)
  const [below, above] = [value - interval[0], interval[1] - value]
  if (Math.abs(below - above) > 0.15) return `${score(value)} (${score(interval[0])} to ${score(interval[1])})`
  return `${score(value)} ± ${((below + above) / 2).toFixed(1)}`
}

/** A difference with its sign: +7.1, −0.4, 0.0. */
export function signed(value: number, decimals = 1): string {
  const text = plain(Math.abs(value), decimals)
  return Number(text) === 0 ? text : (value < 0 ? minus : '+') + text
}

/** An interval in brackets: (+4.6 to +9.6). */
export function signedInterval([low, high]: readonly [number, number], decimals = 1): string {
  return `(${signed(low, decimals)} to ${signed(high, decimals)})`
}

/** Whole percent from 1 to 99, one decimal beyond; never 100 % and never 0 % of an estimate. */
export function confidence(probability: number | null | undefined): string {
  if (probability === null || probability === undefined) return unknown
  const percent = probability * 100
  if (percent > 99.9) return `> 99.9${thin}%`
  if (percent < 0.1) return `< 0.1${thin}%`
  return `${percent >= 1 && percent < 99 ? percent.toFixed(0) : percent.toFixed(1)}${thin}%`
}

/** A share in percent with two significant digits: 0.31 %, 12 %. */
export function rate(share: number): string {
  return `${share === 0 ? '0' : String(Number((share * 100).toPrecision(2)))}${thin}%`
}

/** Milliseconds, as whole ms up to a second, seconds up to two minutes, minutes above. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return unknown
  if (ms < 1) return `< 1${thin}ms`
  if (ms < 1000) return `${ms.toFixed(0)}${thin}ms`
  if (ms < 120_000) return `${(ms / 1000).toFixed(2)}${thin}s`
  return `${(ms / 60_000).toFixed(0)}${thin}min`
}

/** How long work took by the clock: < 1 s, 50 s, 41 min, 2 h 10 min. */
export function elapsed(ms: number): string {
  if (ms < 1000) return `< 1${thin}s`
  if (ms < 119_500) return `${(ms / 1000).toFixed(0)}${thin}s`
  const minutes = Math.round(ms / 60_000)
  if (minutes < 100) return `${minutes}${thin}min`
  return `${Math.floor(minutes / 60)}${thin}h ${minutes % 60}${thin}min`
}

/** Dollars: $0 is zero, small amounts with two significant digits, above a dollar with cents. */
export function money(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return 'price unknown'
  if (usd === 0) return '$0'
  if (usd >= 1) return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  const digits = Math.max(2, 1 - Math.floor(Math.log10(usd)))
  return `$${usd.toFixed(Math.min(digits, 10))}`
}

/** Dollars per 1,000 requests, with two significant digits: $0.41, $3.90, $43. */
export function perThousand(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return 'price unknown'
  if (usd === 0) return '$0'
  const rounded = Number(usd.toPrecision(2))
  if (rounded >= 10) return `$${rounded.toLocaleString('en-US')}`
  return `$${rounded.toFixed(Math.max(2, 1 - Math.floor(Math.log10(rounded))))}`
}

/** One unit for all times of a comparison: seconds with two decimals if one is over a second, else whole milliseconds. */
export function timeUnit(timesMs: readonly number[]): { unit: 's' | 'ms'; figure: (ms: number) => string } {
  if (timesMs.some((ms) => ms > 1000))
    return { unit: 's', figure: (ms) => (ms < 10 ? '< 0.01' : (ms / 1000).toFixed(2)) }
  return { unit: 'ms', figure: (ms) => (ms < 1 ? '< 1' : ms.toFixed(0)) }
}

/** Words for times that are held against each other, all in one unit: 0.79 s and 8.00 s. */
export function timesBeside(
  timesMs: readonly (number | null | undefined)[],
): (ms: number | null | undefined) => string {
  const { unit, figure } = timeUnit(timesMs.flatMap((ms) => ms ?? []))
  return (ms) => (ms === null || ms === undefined ? unknown : `${figure(ms)}${thin}${unit}`)
}

/** Dollars of a month or a year: whole from $20 up, else as `money`. */
export function roundMoney(usd: number): string {
  return usd < 20 ? money(usd) : `$${count(usd)}`
}

/** With its interval, $43 ($41 to $45), unless that is narrower than what is shown. */
export function estimatedMoney(mean: number, interval: readonly [number, number] | null): string {
  const shown = roundMoney(mean)
  const [low, high] = interval?.map(roundMoney) ?? [shown, shown]
  return low === shown && high === shown ? shown : `${shown} (${low} to ${high})`
}

/** Whole numbers with thousands separated by commas. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/** Tokens and the like: commas up to a million, then 1.2 M. */
export function largeCount(value: number | null | undefined): string {
  if (value === null || value === undefined || value < 999_950) return count(value)
  return value < 999_950_000
    ? `${(value / 1e6).toFixed(1)}${thin}M`
    : `${(value / 1e9).toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 })}${thin}G`
}

function plain(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? minus + text : text
}
