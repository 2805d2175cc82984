/** How many times the tolerated rate the bad rates are that the process looks for. */
const defaultMultiples = [2, 3, 5, 10]

const largestRate = 0.9

/**
 * Log of the e-process for "events come at a rate of at most `toleratedRate`", a mixture of likelihood ratios against
 * several higher rates. It may be looked at after every trial: under a tolerated rate it ever reaches ln(1/α) with
 * probability α at most (Ville's inequality; decisions.md section 4).
 * @param toleratedRate above 0 and below 0.9
 */
export function mixtureLogE(
  events: number,
  trials: number,
  toleratedRate: number,
  multiples: readonly number[] = defaultMultiples,
): number {
  const rates = multiples.map((multiple) => Math.min(multiple * toleratedRate, largestRate))
  return logMeanExp(rates.map((rate) => logLikelihoodRatio(events, trials - events, rate, toleratedRate)))
}

/** Log of the likelihood of the counts under `rate`, over that under `reference`. */
export function logLikelihoodRatio(events: number, others: number, rate: number, reference: number): number {
  return events * Math.log(rate / reference) + others * Math.log((1 - rate) / (1 - reference))
}

/** log of the mean of exp(x), without leaving the range of numbers. */
export function logMeanExp(values: readonly number[]): number {
  const largest = Math.max(...values)
  const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0)
  return largest + Math.log(sum / values.length)
}
