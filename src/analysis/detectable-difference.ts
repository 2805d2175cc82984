import { studentQuantile } from './statistics/student-t.ts'

/** Standard deviation of the paired difference of two models per sample, in points. */
export interface Spread {
  total: number
  accuracy: number
}

/** One-sided level of one look at one challenger: 0.10 over four looks (decisions.md section 0, decision 5). */
const levelOfLook = 0.025
const power = 0.8

/**
 * Spreads to reckon with while nothing was measured: those of the simulated models of decisions.md section 2, by what the
 * answers are like and by how often each sample is asked. Of one repeat that section has the accuracy of all-or-nothing
 * answers alone; the others are taken to grow in the same proportion, 43 ÷ 28.
 */
export const assumedSpreads: readonly { answers: string; repeats: 1 | 3; spread: Spread }[] = [
  { answers: 'all or nothing', repeats: 3, spread: { accuracy: 28, total: 14.4 } },
  { answers: 'partial credit', repeats: 3, spread: { accuracy: 23.5, total: 12.2 } },
  { answers: 'all or nothing', repeats: 1, spread: { accuracy: 43, total: (14.4 * 43) / 28 } },
  { answers: 'partial credit', repeats: 1, spread: { accuracy: (23.5 * 43) / 28, total: (12.2 * 43) / 28 } },
]

/**
 * The smallest true difference that one look proves in 80 % of the cases, in points: (t_{1−α} + t_{0.8}) · SE
 * (decisions.md section 2), SE being spread ÷ √n.
 * @param samples independent ones: samples of one cluster count as one
 * @returns undefined for fewer than two samples
 */
export function detectableDifference(spread: number, samples: number): number | undefined {
  if (samples < 2) return undefined
  const quantiles = studentQuantile(1 - levelOfLook, samples - 1) + studentQuantile(power, samples - 1)
  return (quantiles * spread) / Math.sqrt(samples)
}

/**
 * How many independent samples it takes to detect a difference.
 * @param difference in points, above 0
 */
export function samplesFor(difference: number, spread: number): number {
  let [tooFew, enough] = [1, 2]
  while (!isEnough(enough, difference, spread)) [tooFew, enough] = [enough, enough * 2]
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (isEnough(middle, difference, spread)) enough = middle
    else tooFew = middle
  }
  return enough
}

function isEnough(samples: number, difference: number, spread: number): boolean {
  return (detectableDifference(spread, samples) ?? Number.POSITIVE_INFINITY) <= difference
}
